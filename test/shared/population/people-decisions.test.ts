import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Activity } from "../../../shared/model/activity.ts";
import type { PeopleDecision, RecordedDecision } from "../../../shared/model/people-decision.ts";
import type { Account } from "../../../shared/model/person.ts";
import { createDirectory } from "../../../shared/population/directory.ts";
import { gatherPeople } from "../../../shared/population/people.ts";
import { frozenDecisions, readDecisions } from "../../../shared/population/people-decisions.ts";
import { emailOf, History, loginOf } from "./history.ts";

const history = new History().person("eva", { roles: ["release-authority"] });
const by = { by: "An auditor", at: "2026-04-01T09:00:00.000Z", reason: "It was asked." };
const git = (name: string): Account => ({ system: "git", name });
const join = (account: Account, other: Account): PeopleDecision => ({ kind: "join", account, with: other, ...by });
const split = (account: Account): PeopleDecision => ({ kind: "split", account, ...by });
const withdraw = (entry: number): PeopleDecision => ({ kind: "withdraw", entry, ...by });

/** Entries of a log that tells the decisions, numbered from 1. */
const logOf = (...decisions: readonly PeopleDecision[]) =>
  decisions.map((after, index) => ({ kind: "people-decided", number: index + 1, after }) as unknown as Activity);
const frozen = (number: number) => ({ kind: "population-frozen", number, after: null }) as unknown as Activity;
const peopleAfter = (...decisions: readonly PeopleDecision[]) =>
  gatherPeople(history.facts, [], readDecisions(logOf(...decisions)));
const idAfter = (account: Account, ...decisions: readonly PeopleDecision[]) =>
  createDirectory(peopleAfter(...decisions)).resolve(account).id;

const old = git("ada@old.example");
const ada = git(emailOf("ada"));

describe("a decision about who is who", () => {
  it("gives an unknown account to a person, with who decided it and why", () => {
    expect(idAfter(old)).toBe("unknown:git:ada@old.example");
    expect(idAfter(old, join(old, ada))).toBe("ada");
    const person = peopleAfter(join(old, ada)).persons.find(({ id }) => id === "ada");
    expect(person?.accounts.at(-1)).toEqual({
      ...old,
      reason: "An auditor decided on 2026-04-01: It was asked.",
      evidence: [],
    });
  });

  it("makes two persons one, with the roles of both and every account of both", () => {
    const people = peopleAfter(join(git(emailOf("eva")), ada));
    expect(people.persons.find(({ id }) => id === "eva")).toBeUndefined();
    expect(people.persons.find(({ id }) => id === "ada")?.roles).toEqual(["developer", "release-authority"]);
    const directory = createDirectory(people);
    expect(directory.resolve({ system: "github", name: loginOf("eva") }).id).toBe("ada");
  });

  it("splits an account off: then nobody is known behind it, and the person's others stay", () => {
    const login: Account = { system: "github", name: loginOf("ada") };
    expect(idAfter(login, split(login))).toBe("unknown:github:ada-login");
    expect(idAfter(ada, split(login))).toBe("ada");
  });

  it("gives an account that was split off to somebody else", () => {
    expect(idAfter(ada, split(ada), join(ada, git(emailOf("ben"))))).toBe("ben");
  });

  it("changes nothing where nobody is known behind the other account", () => {
    expect(idAfter(old, join(old, git("nobody@x.example")))).toBe("unknown:git:ada@old.example");
  });

  it("counts from the freeze after it on", () => {
    const [first, second] = logOf(join(old, ada), split(ada));
    const listed = [first, frozen(2), second].filter((entry) => entry !== undefined);
    expect(frozenDecisions(listed).map(({ decision }) => decision.kind)).toEqual(["join"]);
    expect(frozenDecisions(listed.slice(0, 1))).toEqual([]);
  });

  it("leaves no trace in who is who when all are withdrawn, whatever they were and in whatever order", () => {
    const accounts = [ada, old, git(emailOf("ben")), git(emailOf("eva")), { system: "github", name: loginOf("ben") }];
    const account = fc.constantFrom(...(accounts as Account[]));
    const decision = fc.oneof(
      fc.tuple(account, account).map(([one, other]) => join(one, other)),
      account.map(split),
    );
    fc.assert(
      fc.property(fc.array(decision, { minLength: 1, maxLength: 6 }), (decisions) => {
        const withdrawals = decisions.map((_, index) => withdraw(index + 1));
        expect(peopleAfter(...decisions, ...withdrawals)).toEqual(peopleAfter());
      }),
      { numRuns: 50 },
    );
  });

  it("never gives one account to two persons", () => {
    const names = [ada, old, git(emailOf("ben")), git(emailOf("cleo")), git("x@y.example")];
    const account = fc.constantFrom(...names);
    const decision = fc.oneof(
      fc.tuple(account, account).map(([one, other]) => join(one, other)),
      account.map(split),
    );
    fc.assert(
      fc.property(fc.array(decision, { maxLength: 8 }), (decisions) => {
        const owned = peopleAfter(...decisions).persons.flatMap(({ accounts }) =>
          accounts.map(({ system, name }) => `${system}:${name}`),
        );
        expect(new Set(owned).size).toBe(owned.length);
      }),
      { numRuns: 100 },
    );
  });
});

it("decisions are recorded ones, and know which were withdrawn", () => {
  const recorded: readonly RecordedDecision[] = readDecisions(logOf(split(ada), withdraw(1)));
  expect(recorded.map(({ withdrawn }) => withdrawn)).toEqual([true, false]);
});
