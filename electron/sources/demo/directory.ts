import { uuidOf } from "./spread.ts";
import type { PeopleFile } from "./story-schema.ts";

/** An account of somebody in the story, as the systems show it. */
export interface Identity {
  /** Id in people.yaml. */
  readonly person: string;
  readonly name: string;
  /** Null for somebody without an account on the code host. */
  readonly login: string | null;
  /** The host's number of the account. */
  readonly accountId: number;
  readonly email: string;
  readonly zone: string;
  readonly bot: boolean;
  /** What the host says about the account and the repository. */
  readonly association: "MEMBER" | "COLLABORATOR" | "CONTRIBUTOR" | "NONE";
}

export interface Directory {
  /** @param who `id`, or `id/login` for another of the person's accounts */
  of(who: string): Identity;
  /** The account that the host ties to an address; null when it knows none, as for an address never registered. */
  ofEmail(email: string): Identity | null;
}

export function makeDirectory(people: PeopleFile): Directory {
  const byWho = new Map<string, Identity>();
  const byEmail = new Map<string, Identity>();
  for (const identity of identitiesOf(people)) {
    if (!byWho.has(identity.person)) byWho.set(identity.person, identity);
    byWho.set(`${identity.person}/${identity.login}`, identity);
    if (identity.login !== null) byEmail.set(noReplyOf(identity), identity);
  }
  for (const person of people.persons) {
    for (const email of person.emails) byEmail.set(email, mustFind(byWho, person.id));
  }
  for (const bot of people.bots) byEmail.set(bot.email, mustFind(byWho, bot.id));
  return {
    of: (who) => mustFind(byWho, who),
    ofEmail: (email) => byEmail.get(email) ?? null,
  };
}

/** The address that the host writes into commits that it makes for a person. */
export function noReplyOf(identity: Identity): string {
  return `${identity.accountId}+${identity.login}@users.noreply.github.com`;
}

/** The id that Jira gives to a person's account. */
export function jiraAccountOf(person: string): string {
  return `712020:${uuidOf(`jira/${person}`)}`;
}

function identitiesOf(people: PeopleFile): Identity[] {
  const persons = people.persons.flatMap((person, index) =>
    person.logins.map((login, number): Identity => {
      const { id, name, zone, association } = person;
      const accountId = 900_100_001 + index * 10 + number;
      return { person: id, name, login, accountId, email: person.emails[0] ?? "", zone, bot: false, association };
    }),
  );
  const bots = people.bots.map(({ id, ...bot }): Identity => {
    return { person: id, ...bot, zone: "UTC", bot: true, association: "CONTRIBUTOR" };
  });
  const strangers = people.strangers.map(({ id, name, login = null, accountId = 0, email = "" }): Identity => {
    return { person: id, name, login, accountId, email, zone: "UTC", bot: false, association: "COLLABORATOR" };
  });
  return [...persons, ...bots, ...strangers];
}

function mustFind(identities: ReadonlyMap<string, Identity>, who: string): Identity {
  const identity = identities.get(who);
  if (!identity) throw new Error(`The demo story names ${who}, whom people.yaml does not list.`);
  return identity;
}
