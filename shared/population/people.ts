import type { FactSet, RepositoryFacts } from "../facts/fact-set.ts";
import type { Account, People, Person, PersonRef, Role } from "../model/person.ts";
import { Role as RoleSchema } from "../model/person.ts";
import { CodeHost } from "../model/request-facts.ts";
import type { Source } from "../model/source.ts";

/*
 * Who is behind an account. Whom to trust, in this order: the entity's roster; .mailmap, which the repository's
 * owners keep; the host's own tie of an address to a login; an address that the host hands out to hide another.
 * A name that somebody typed into git proves nothing and joins nothing.
 */

interface Draft {
  id: string;
  name: string;
  accounts: Map<string, Account>;
  roles: Role[];
  bot: boolean;
  joinedBy: string[];
}

/** Joins logins and addresses into persons. Two persons of the roster are never made one. */
export function gatherPeople(facts: FactSet, sources: readonly Source[]): People {
  const gathering = new Gathering();
  addRoster(gathering, facts);
  addPipelineAccounts(gathering, sources);
  const roster = facts.roster.length > 0;
  addHostAccounts(gathering, facts, roster);
  addMailmap(gathering, facts);
  addHostTies(gathering, facts);
  return { roster, persons: gathering.persons() };
}

class Gathering {
  readonly #drafts: Draft[] = [];
  readonly #byAccount = new Map<string, Draft>();

  find(account: Account): Draft | undefined {
    return this.#byAccount.get(keyOf(account));
  }

  add(id: string, name: string, roles: Role[], bot: boolean, why: string): Draft {
    const draft: Draft = { id, name, accounts: new Map(), roles, bot, joinedBy: [why] };
    this.#drafts.push(draft);
    return draft;
  }

  /** Gives an account to a person, unless somebody of higher trust has given it already. */
  join(draft: Draft, account: Account, why?: string): void {
    const key = keyOf(account);
    if (account.name === "" || this.#byAccount.has(key)) return;
    this.#byAccount.set(key, draft);
    draft.accounts.set(key, account);
    if (why) draft.joinedBy.push(why);
  }

  persons(): Person[] {
    return this.#drafts.map((draft) => ({ ...draft, accounts: [...draft.accounts.values()] }));
  }
}

const loginSystems = [...CodeHost.options, "jira", "servicenow", "ci", "deploy", "production", "chat"] as const;
/** Systems that know their accounts by an address, which is then one of the person's. */
const addressSystems = ["git", "gerrit", "azure-devops", "jira", "servicenow", "deploy", "production", "chat"] as const;

function addRoster(gathering: Gathering, facts: FactSet): void {
  for (const line of facts.roster) {
    const roles = line.roles.flatMap((role) => RoleSchema.safeParse(role).data ?? []);
    const draft = gathering.add(line.id, line.name, roles, roles.includes("bot"), "The roster lists these accounts.");
    for (const email of line.emails) {
      for (const system of addressSystems) gathering.join(draft, { system, name: email });
    }
    for (const login of line.logins) for (const system of loginSystems) gathering.join(draft, { system, name: login });
  }
}

function addPipelineAccounts(gathering: Gathering, sources: readonly Source[]): void {
  for (const source of sources) {
    const accounts = "pipelineAccounts" in source ? source.pipelineAccounts : [];
    for (const name of accounts ?? []) {
      const account: Account = { system: "deploy", name };
      if (gathering.find(account)) continue;
      const why = `Source ${source.id} gives this account to the pipeline.`;
      gathering.join(gathering.add(`pipeline:${name}`, name, ["bot"], true, why), account);
    }
  }
}

/** Accounts that a host vouches for. With a roster, a host's word is enough for a bot only. */
function addHostAccounts(gathering: Gathering, facts: FactSet, roster: boolean): void {
  const add = (system: CodeHost, login: string, bot: boolean) => {
    const account: Account = { system, name: login };
    if (login === "" || gathering.find(account) || (roster && !bot)) return;
    const why = bot ? "The host marks this account as a bot." : "An account of the host; no roster was handed over.";
    const draft = gathering.add(`${system}:${login}`, login, bot ? ["bot"] : [], bot, why);
    gathering.join(draft, account);
    if (bot) return;
    gathering.join(draft, { system: "deploy", name: login });
    if (isKnownByAddress(system) && login.includes("@")) {
      gathering.join(draft, { system: "git", name: login }, `${system} knows this account by the address ${login}.`);
    }
  };
  for (const repository of facts.repositories.values()) {
    const system = hostOf(repository);
    for (const request of repository.requests) {
      add(request.system, request.author, request.authorType === "bot");
      add(request.system, request.mergedBy, false);
    }
    for (const review of repository.reviews) add(system, review.reviewer, review.reviewerType === "bot");
    for (const commit of repository.requestCommits) {
      add(system, commit.authorLogin, system === "github" && commit.authorLogin.endsWith("[bot]"));
    }
  }
}

/** A code base has its requests on one host; reviews and commits of requests do not name it. */
function hostOf({ requests }: RepositoryFacts): CodeHost {
  return requests[0]?.system ?? "github";
}

function isKnownByAddress(system: CodeHost): boolean {
  return addressSystems.some((known) => known === system);
}

function addMailmap(gathering: Gathering, facts: FactSet): void {
  for (const entry of facts.mailmap) {
    const proper = gathering.find({ system: "git", name: entry.email });
    const committed: Account = { system: "git", name: entry.commitEmail };
    if (proper) gathering.join(proper, committed, `.mailmap gives ${entry.commitEmail} to ${entry.email}.`);
    else {
      const known = gathering.find(committed);
      if (known) gathering.join(known, { system: "git", name: entry.email }, `.mailmap names ${entry.email} for it.`);
    }
  }
}

/** Addresses that a host hands out to hide another; a GitLab of one's own has its own name in them. */
const noReply: Partial<Record<CodeHost, RegExp>> = {
  github: /^(?:\d+\+)?([^@]+)@users\.noreply\.github\.com$/i,
  gitlab: /^\d+-([^@]+)@users\.noreply\.[^@]+$/i,
};

function addHostTies(gathering: Gathering, facts: FactSet): void {
  for (const repository of facts.repositories.values()) {
    const system = hostOf(repository);
    for (const commit of repository.requestCommits) {
      const draft = gathering.find({ system, name: commit.authorLogin });
      const account: Account = { system: "git", name: commit.authorEmail };
      if (draft) gathering.join(draft, account, `The host ties ${commit.authorEmail} to ${commit.authorLogin}.`);
    }
    for (const commit of repository.commits.values()) {
      for (const { email } of [commit.author, ...commit.coAuthors]) joinNoReply(gathering, system, email);
    }
  }
}

function joinNoReply(gathering: Gathering, system: CodeHost, email: string): void {
  const login = noReply[system]?.exec(email)?.[1];
  const draft = login ? gathering.find({ system, name: login }) : undefined;
  if (draft) gathering.join(draft, { system: "git", name: email }, `${email} is the host's own address of ${login}.`);
}

function keyOf(account: Account): string {
  return `${account.system}:${account.name.toLowerCase()}`;
}

/** Finds persons by account. An account that nobody vouches for gives a person that is not known. */
export interface Directory {
  resolve(account: Account, writtenName?: string): PersonRef;
}

export const nobody: PersonRef = { id: "", name: "", known: false, bot: false, account: "", roles: [] };

export function createDirectory(people: People): Directory {
  const byAccount = new Map<string, Person>();
  for (const person of people.persons) for (const account of person.accounts) byAccount.set(keyOf(account), person);
  return {
    resolve(account, writtenName) {
      if (account.name === "") return nobody;
      const person = byAccount.get(keyOf(account));
      if (person) {
        const { name, bot, roles } = person;
        return { id: person.id, name, known: true, bot, account: account.name, roles: [...roles] };
      }
      const id = `unknown:${keyOf(account)}`;
      return { id, name: writtenName || account.name, known: false, bot: false, account: account.name, roles: [] };
    },
  };
}
