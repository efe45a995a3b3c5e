import type { FactSet, RepositoryFacts } from "../facts/fact-set.ts";
import type { Origin } from "../model/origin.ts";
import type { RecordedDecision } from "../model/people-decision.ts";
import type { Account, JoinedAccount, People, Person, Role } from "../model/person.ts";
import { Role as RoleSchema } from "../model/person.ts";
import { CodeHost } from "../model/request-facts.ts";
import type { Source } from "../model/source.ts";
import { accountKey } from "./directory.ts";
import { decidePeople } from "./people-decisions.ts";

/*
 * Who is behind an account. Whom to trust, in this order: the entity's roster; .mailmap, which the repository's
 * owners keep; the host's own tie of an address to a login; an address that the host hands out to hide another.
 * A name that somebody typed into git proves nothing and joins nothing.
 */

interface Draft {
  id: string;
  name: string;
  accounts: Map<string, JoinedAccount>;
  roles: Role[];
  bot: boolean;
}

/** Why an account is a person's. */
interface Reason {
  readonly reason: string;
  readonly from: readonly { readonly origin: Origin }[];
}

/**
 * Joins logins and addresses into persons, each account with the reason and where it was read. Two persons of the roster
 * are made one by an auditor's decision only.
 *
 * @param decisions in the order in which they were made; they come after everything that evidence says
 */
export function gatherPeople(
  facts: FactSet,
  sources: readonly Source[],
  decisions: readonly RecordedDecision[] = [],
): People {
  const gathering = new Gathering();
  addRoster(gathering, facts);
  addPipelineAccounts(gathering, sources);
  const roster = facts.roster.length > 0;
  addHostAccounts(gathering, facts, roster);
  addMailmap(gathering, facts);
  addHostTies(gathering, facts);
  return decidePeople({ roster, persons: gathering.persons() }, decisions);
}

class Gathering {
  readonly #drafts: Draft[] = [];
  readonly #byAccount = new Map<string, Draft>();

  find(account: Account): Draft | undefined {
    return this.#byAccount.get(accountKey(account));
  }

  add(id: string, name: string, roles: Role[], bot: boolean): Draft {
    const draft: Draft = { id, name, accounts: new Map(), roles, bot };
    this.#drafts.push(draft);
    return draft;
  }

  /** Gives an account to a person, unless somebody of higher trust has given it already. */
  join(draft: Draft, { system, name }: Account, { reason, from }: Reason): void {
    const key = accountKey({ system, name });
    if (name === "" || this.#byAccount.has(key)) return;
    this.#byAccount.set(key, draft);
    const evidence = from.map(({ origin }) => ({ evidence: origin.evidence, place: origin.place }));
    draft.accounts.set(key, { system, name, reason, evidence });
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
    const draft = gathering.add(line.id, line.name, roles, roles.includes("bot"));
    const why = { reason: "The roster lists it.", from: [line] };
    for (const email of line.emails) {
      for (const system of addressSystems) gathering.join(draft, { system, name: email }, why);
    }
    for (const login of line.logins) {
      for (const system of loginSystems) gathering.join(draft, { system, name: login }, why);
    }
  }
}

function addPipelineAccounts(gathering: Gathering, sources: readonly Source[]): void {
  for (const source of sources) {
    const accounts = "pipelineAccounts" in source ? source.pipelineAccounts : [];
    for (const name of accounts ?? []) {
      const account: Account = { system: "deploy", name };
      if (gathering.find(account)) continue;
      const why = { reason: `The settings of source ${source.id} give it to the pipeline.`, from: [] };
      gathering.join(gathering.add(`pipeline:${name}`, name, ["bot"], true), account, why);
    }
  }
}

/** Accounts that a host vouches for. With a roster, a host's word is enough for a bot only. */
function addHostAccounts(gathering: Gathering, facts: FactSet, roster: boolean): void {
  const sightings = [...facts.repositories.values()].flatMap(listSightings);
  // A bot that merged or wrote before anything said what it is must not pass for a person.
  const bots = new Map(sightings.filter(({ bot }) => bot).map((seen) => [accountKey(seen.account), seen] as const));
  for (const { account, from } of sightings) {
    const { system, name } = account;
    if (name === "" || gathering.find(account)) continue;
    const bot = bots.get(accountKey(account));
    if (bot) {
      const draft = gathering.add(`${system}:${name}`, name, ["bot"], true);
      gathering.join(draft, account, { reason: "The host marks it as a bot.", from: [...from, ...bot.from] });
      continue;
    }
    if (roster) continue;
    const draft = gathering.add(`${system}:${name}`, name, [], false);
    gathering.join(draft, account, { reason: "The host knows it; no roster was handed over.", from });
    const why = { reason: `It has the same name as the account of ${system}.`, from };
    gathering.join(draft, { system: "deploy", name }, why);
    if (isKnownByAddress(system) && name.includes("@")) {
      const reason = `${system} knows the account by this address.`;
      gathering.join(draft, { system: "git", name }, { reason, from });
    }
  }
}

/** An account in a record of a host. */
interface Sighting extends Pick<Reason, "from"> {
  readonly account: Account & { readonly system: CodeHost };
  /** The record says so, or GitHub's own mark in the login, which no person can have. */
  readonly bot: boolean;
}

function listSightings(repository: RepositoryFacts): Sighting[] {
  const { requests, reviews, requestCommits } = repository;
  const host = hostOf(repository);
  const see = (system: CodeHost, name: string, type: string, from: Sighting["from"]): Sighting => {
    const isMarked = system === "github" && name.endsWith("[bot]");
    return { account: { system, name }, bot: type === "bot" || isMarked, from };
  };
  return [
    ...requests.flatMap((request) => [
      see(request.system, request.author, request.authorType, [request]),
      see(request.system, request.mergedBy, "", [request]),
    ]),
    ...reviews.map((review) => see(host.system, review.reviewer, review.reviewerType, [review, ...host.from])),
    ...requestCommits.map((commit) => see(host.system, commit.authorLogin, "", [commit, ...host.from])),
  ];
}

/** A code base has its requests on one host, which the first of them names; reviews and commits of requests do not. */
function hostOf({ requests }: RepositoryFacts): { readonly system: CodeHost } & Pick<Reason, "from"> {
  return { system: requests[0]?.system ?? "github", from: requests.slice(0, 1) };
}

function isKnownByAddress(system: CodeHost): boolean {
  return addressSystems.some((known) => known === system);
}

function addMailmap(gathering: Gathering, facts: FactSet): void {
  for (const entry of facts.mailmap) {
    const proper = gathering.find({ system: "git", name: entry.email });
    const committed: Account = { system: "git", name: entry.commitEmail };
    const because = (reason: string) => ({ reason, from: [entry] });
    if (proper) gathering.join(proper, committed, because(`.mailmap gives it to ${entry.email}.`));
    else {
      const known = gathering.find(committed);
      const account: Account = { system: "git", name: entry.email };
      if (known) gathering.join(known, account, because(`.mailmap gives ${entry.commitEmail} to it.`));
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
    const host = hostOf(repository);
    const { system } = host;
    for (const commit of repository.requestCommits) {
      const draft = gathering.find({ system, name: commit.authorLogin });
      const account: Account = { system: "git", name: commit.authorEmail };
      const reason = `The host ties it to ${commit.authorLogin}.`;
      if (draft) gathering.join(draft, account, { reason, from: [commit, ...host.from] });
    }
    for (const commit of repository.commits.values()) {
      const from = [commit, ...host.from];
      for (const { email } of [commit.author, ...commit.coAuthors]) joinNoReply(gathering, system, email, from);
    }
  }
}

function joinNoReply(gathering: Gathering, system: CodeHost, email: string, from: Reason["from"]): void {
  const login = noReply[system]?.exec(email)?.[1];
  const draft = login ? gathering.find({ system, name: login }) : undefined;
  const why = { reason: `It is the host's own address of ${login}.`, from };
  if (draft) gathering.join(draft, { system: "git", name: email }, why);
}
