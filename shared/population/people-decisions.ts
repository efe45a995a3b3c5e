import type { Activity } from "../model/activity.ts";
import { PeopleDecision, type RecordedDecision } from "../model/people-decision.ts";
import type { Account, JoinedAccount, People, Person } from "../model/person.ts";
import { accountKey } from "./directory.ts";

/** All decisions that the activity log tells, in their order. @throws ZodError when an entry is none */
export function readDecisions(activities: readonly Activity[]): RecordedDecision[] {
  const entries = activities.filter(({ kind }) => kind === "people-decided");
  const decisions = entries.map(({ number, after }) => ({ entry: number, decision: PeopleDecision.parse(after) }));
  const withdrawn = new Set(
    decisions.flatMap(({ decision }) => (decision.kind === "withdraw" ? [decision.entry] : [])),
  );
  return decisions.map((each) => ({ ...each, withdrawn: withdrawn.has(each.entry) }));
}

/** Decisions that were made before the populations were frozen the last time: those that are in them. */
export function frozenDecisions(activities: readonly Activity[]): RecordedDecision[] {
  const frozen = activities.findLastIndex(({ kind }) => kind === "population-frozen");
  return readDecisions(activities.slice(0, Math.max(frozen, 0)));
}

/** What decisions make of the persons that evidence gives. One about an account that nobody has changes nothing. */
export function decidePeople({ roster, persons }: People, decisions: readonly RecordedDecision[]): People {
  const holding = decisions.filter(({ withdrawn }) => !withdrawn).map(({ decision }) => decision);
  return { roster, persons: holding.reduce(decide, [...persons]) };
}

function decide(persons: readonly Person[], decision: PeopleDecision): Person[] {
  if (decision.kind === "join") return join(persons, decision);
  if (decision.kind === "withdraw") return [...persons];
  const key = accountKey(decision.account);
  return persons.map((person) => ({
    ...person,
    accounts: person.accounts.filter((account) => accountKey(account) !== key),
  }));
}

function join(persons: readonly Person[], decision: Extract<PeopleDecision, { kind: "join" }>): Person[] {
  const target = findPerson(persons, decision.with);
  const owner = findPerson(persons, decision.account);
  if (!target || target === owner) return [...persons];
  const why = `${decision.by} decided on ${decision.at.slice(0, 10)}: ${decision.reason}`;
  const { system, name } = decision.account;
  const accounts: readonly (Account & Partial<JoinedAccount>)[] = owner?.accounts ?? [{ system, name }];
  // Where it was read before stays, so that what was decided over can still be looked up.
  const joined = accounts.map((account) => ({ ...account, evidence: account.evidence ?? [], reason: why }));
  return persons.flatMap((person) => {
    if (person === owner) return [];
    if (person !== target) return [person];
    const roles = [...new Set([...person.roles, ...(owner?.roles ?? [])])];
    return [{ ...person, roles, bot: person.bot || owner?.bot === true, accounts: [...person.accounts, ...joined] }];
  });
}

export function findPerson(persons: readonly Person[], account: Account): Person | undefined {
  const key = accountKey(account);
  return persons.find(({ accounts }) => accounts.some((own) => accountKey(own) === key));
}
