import { expect, it } from "vitest";
import type { Coverage } from "../../../shared/model/coverage.ts";
import { resolvePeriod } from "../../../shared/model/period.ts";
import type { IpeRecord, PullReading } from "../../../shared/model/pull.ts";
import { findUncovered, stateCompleteness } from "../../../shared/population/completeness.ts";

const period = resolvePeriod("2025-01-01", "2025-06-30", "UTC");

function covers(from: string, to: string, scope = "shop"): Coverage {
  return { kind: "deployments", scope, sourceId: "log", from: `${from}T00:00:00.000Z`, to: `${to}T00:00:00.000Z` };
}

const reading: PullReading = {
  facts: { deployment: 3 },
  first: "2025-01-05T10:00:00.000Z",
  last: "2025-06-01T10:00:00.000Z",
  unread: { count: 2, first: [] },
  sequences: [
    { what: "tickets", scope: "ABC", first: 1, last: 9, received: 7, missing: { count: 2, first: ["4-5"] }, note: "" },
  ],
  times: [],
  lines: { read: 3, passedOver: 0, blank: 0, unread: 2 },
};

function ipe(changes: Partial<IpeRecord>): IpeRecord {
  return {
    pullId: "1-log",
    sourceId: "log",
    sourceKind: "files",
    endpoint: "log.jsonl",
    query: "the whole of each file",
    identity: "",
    access: "",
    period,
    startedAt: "2025-07-01T10:00:00.000Z",
    finishedAt: "2025-07-01T10:00:00.000Z",
    toolVersion: "Tickmark",
    requests: 1,
    records: 1,
    counts: {},
    tieOuts: [],
    coverage: [],
    notes: [],
    recordsDigest: "0".repeat(64),
    ...changes,
  };
}

it("what two sources cover together is covered, and what neither does is named by its time", () => {
  const coverage = [
    covers("2025-02-01", "2025-03-01"),
    covers("2024-12-01", "2025-02-01"),
    covers("2025-05-01", "2025-08-01"),
  ];
  expect(findUncovered(period, coverage)).toEqual([
    { kind: "deployments", scope: "shop", from: "2025-03-01T00:00:00.000Z", to: "2025-05-01T00:00:00.000Z" },
  ]);
});

it("a scope that is covered does not cover another one", () => {
  const coverage = [covers("2025-01-01", "2025-07-01"), covers("2025-01-01", "2025-04-01", "ledger")];
  expect(findUncovered(period, coverage)).toMatchObject([{ scope: "ledger", from: "2025-04-01T00:00:00.000Z" }]);
});

it("a coverage that lies outside of the period covers nothing of it", () => {
  const whole = { from: period.start, to: period.end };
  expect(findUncovered(period, [covers("2024-01-01", "2024-06-01")])).toMatchObject([whole]);
  expect(findUncovered(period, [covers("2025-07-01", "2025-08-01")])).toMatchObject([whole]);
});

it("the statement counts tie-outs that do not agree, missing numbers, unread lines and sources that were not pulled", () => {
  const tieOuts = [
    { what: "lines", how: "counting", expected: 5, received: 5 },
    { what: "pull requests", how: "the server's count", expected: 9, received: 8 },
  ];
  const record = ipe({ tieOuts, reading, coverage: [covers("2025-01-01", "2025-07-01")] });
  const statement = stateCompleteness(period, [{ id: "log" }, { id: "git" }], [record]);
  expect(statement).toMatchObject({
    notPulled: ["git"],
    uncovered: [],
    totals: { tieOuts: 2, disagreeing: 1, missingNumbers: 2, unread: 2 },
  });
  expect(statement.missingKinds).toContain("commits");
  expect(statement.missingKinds).not.toContain("deployments");
});

it("a pull from before its records were read at once states nothing about them", () => {
  const [source] = stateCompleteness(period, [{ id: "log" }], [ipe({})]).sources;
  expect(source).toMatchObject({ facts: null, unread: null, sequences: [] });
});
