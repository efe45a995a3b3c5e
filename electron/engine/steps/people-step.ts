import { TickmarkError } from "../../../shared/errors.ts";
import type { PeopleDecision } from "../../../shared/model/people-decision.ts";
import type { Account, People } from "../../../shared/model/person.ts";
import {
  decidePeople,
  findPerson,
  frozenDecisions,
  readDecisions,
} from "../../../shared/population/people-decisions.ts";
import type { Session } from "../session.ts";

/**
 * Persons as the last freeze gathered them, with what was decided since. Decisions since then can withdraw earlier ones,
 * whose part only the next freeze can take back: until then they show as frozen.
 *
 * @throws stage-order before the first freeze
 */
export function readDecidedPeople(session: Session): People {
  const people = session.store.people();
  if (!people) {
    throw new TickmarkError(
      "stage-order",
      "Who is who is not known yet: persons are gathered from the evidence when the populations are frozen.",
      "Pull the sources and freeze the populations first.",
    );
  }
  const activities = session.store.activities();
  const frozen = new Set(frozenDecisions(activities).map(({ entry }) => entry));
  return decidePeople(
    people,
    readDecisions(activities).filter(({ entry }) => !frozen.has(entry)),
  );
}

/** @throws request-invalid when nobody is known behind the other account, or both are one person already */
export function joinAccount(session: Session, account: Account, other: Account, reason: string): void {
  const { persons } = readDecidedPeople(session);
  const target = findPerson(persons, other);
  if (!target) {
    throw new TickmarkError(
      "request-invalid",
      `Nobody is known behind ${describeAccount(other)}, so nothing can be joined to it.`,
      "Name an account of a known person, or hand over a roster that lists the person.",
    );
  }
  const owner = findPerson(persons, account);
  if (owner === target) {
    throw new TickmarkError(
      "request-invalid",
      `${describeAccount(account)} is counted as ${target.name}'s already.`,
      "See `tickmark people list`.",
    );
  }
  record(session, describeAccount(account), owner ? { person: owner.id } : null, {
    ...{ kind: "join", account, with: other, reason },
    ...stamp(session),
  });
}

/** @throws request-invalid when nobody is known behind the account */
export function splitAccount(session: Session, account: Account, reason: string): void {
  const owner = findPerson(readDecidedPeople(session).persons, account);
  if (!owner) {
    throw new TickmarkError(
      "request-invalid",
      `Nobody is known behind ${describeAccount(account)}, so there is nothing to split.`,
      "See `tickmark people list` for the accounts of each person.",
    );
  }
  record(
    session,
    describeAccount(account),
    { person: owner.id },
    {
      ...{ kind: "split", account, reason },
      ...stamp(session),
    },
  );
}

/**
 * @param by who withdraws it; the engagement's auditor without it
 * @throws request-invalid when the log has no such decision, or it was withdrawn
 */
export function withdrawDecision(session: Session, entry: number, reason: string, by?: string): void {
  const found = readDecisions(session.store.activities()).find((decision) => decision.entry === entry);
  if (!found || found.withdrawn || found.decision.kind === "withdraw") {
    throw new TickmarkError(
      "request-invalid",
      found ? `Decision ${entry} does not hold any more.` : `Entry ${entry} of the activity log decides on nobody.`,
      "See `tickmark people list` for the decisions and their entries.",
    );
  }
  const { at, by: auditor } = stamp(session);
  record(session, `decision ${entry}`, found.decision, { kind: "withdraw", entry, reason, by: by ?? auditor, at });
}

function stamp(session: Session): Pick<PeopleDecision, "by" | "at"> {
  return { by: session.store.engagement().auditor, at: session.now() };
}

function record(session: Session, subject: string, before: unknown, after: PeopleDecision): void {
  session.writable.appendActivity({ by: after.by, kind: "people-decided", subject, before, after });
}

export function describeAccount({ system, name }: Account): string {
  return `${system}:${name}`;
}
