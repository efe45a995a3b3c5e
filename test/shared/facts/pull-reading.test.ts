import fc from "fast-check";
import { expect, it } from "vitest";
import { createNumbersSeen } from "../../../shared/facts/number-gaps.ts";
import { createPullTally } from "../../../shared/facts/pull-reading.ts";
import type { Fact } from "../../../shared/model/facts.ts";
import { resolvePeriod } from "../../../shared/model/period.ts";
import { FilesSource } from "../../../shared/model/source.ts";
import { evidenceInput } from "./evidence-under-test.ts";

const source = FilesSource.parse({ id: "files", kind: "files", path: "x", scope: "db1" });
const period = resolvePeriod("2025-01-01", "2025-01-10", "Europe/London");
const origin = { evidence: "0".repeat(64), place: "line 1", source: "files" };

function access(at: string): Fact {
  return {
    origin,
    kind: "access-event",
    id: at,
    log: "auth.log",
    host: "db1",
    at,
    by: "ada",
    as: "root",
    action: "command",
    what: "ls",
    writes: false,
    from: "",
  };
}

function tallyOf(facts: readonly Fact[]) {
  const tally = createPullTally(source, period);
  tally.add(evidenceInput("x"), { facts, unread: [] });
  return tally.reading();
}

it("days of the period without a record are named, by the days of the engagement's zone", () => {
  const days = ["2025-01-01", "2025-01-03", "2025-01-04", "2025-01-10"].map((day) => access(`${day}T12:00:00.000Z`));
  expect(tallyOf([...days, access("2025-03-01T12:00:00.000Z")]).times).toEqual([
    {
      kind: "access",
      scope: "db1",
      facts: 5,
      from: "2025-01-01T12:00:00.000Z",
      to: "2025-03-01T12:00:00.000Z",
      emptyDays: { count: 6, first: ["2025-01-02", "2025-01-05 to 2025-01-09"] },
    },
  ]);
});

it("numbers that are missing between the first and the last are named, and what may explain them is not judged", () => {
  const ticket = (key: string): Fact => ({
    origin,
    kind: "ticket",
    key,
    project: key.replace(/-\d+$/, ""),
    type: "Task",
    summary: "",
    status: "Done",
    statusCategory: "done",
    createdAt: "2025-01-02T00:00:00.000Z",
    updatedAt: "2025-01-02T00:00:00.000Z",
    resolvedAt: null,
    reporter: "",
    assignee: "",
    history: [],
    links: [],
    comments: 0,
  });
  const { sequences } = tallyOf(["ABC-3", "ABC-9", "XYZ-1", "ABC-4", "ABC-7"].map(ticket));
  expect(sequences).toMatchObject([
    { what: "tickets", scope: "ABC", first: 3, last: 9, received: 4, missing: { count: 3, first: ["5-6", "8"] } },
    { what: "tickets", scope: "XYZ", first: 1, last: 1, received: 1, missing: { count: 0, first: [] } },
  ]);
  expect(sequences[0]?.note).toMatch(/deleted/);
});

it("what was seen and what is missing are always all numbers from the first to the last", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 60 }), (numbers) => {
      const seen = createNumbersSeen();
      for (const number of numbers) seen.add(number);
      const sequence = seen.sequence();
      const all = new Set(numbers);
      for (const run of sequence?.missing.first ?? []) {
        const [from = 0, to = from] = run.split("-").map(Number);
        for (let number = from; number <= to; number += 1) {
          expect(all.has(number)).toBe(false);
          all.add(number);
        }
      }
      const first = Math.min(...numbers);
      expect(sequence).toMatchObject({ first, last: Math.max(...numbers), received: new Set(numbers).size });
      expect(all.size).toBe(Math.max(...numbers) - first + 1);
    }),
  );
});
