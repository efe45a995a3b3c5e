import { hash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { EvidenceInput } from "../../../shared/facts/evidence-input.ts";
import { readEvidence } from "../../../shared/facts/evidence-reading.ts";
import { createPullTally } from "../../../shared/facts/pull-reading.ts";
import type { Completeness } from "../../../shared/model/completeness.ts";
import type { Digest } from "../../../shared/model/digest.ts";
import type { Evidence } from "../../../shared/model/evidence.ts";
import type { EvidenceScope } from "../../../shared/model/evidence-scope.ts";
import { resolvePeriod } from "../../../shared/model/period.ts";
import type { IpeRecord } from "../../../shared/model/pull.ts";
import { Source } from "../../../shared/model/source.ts";
import { stateCompleteness } from "../../../shared/population/completeness.ts";
import { checkCompleteness } from "../../../shared/verification/completeness-check.ts";

const period = resolvePeriod("2026-01-01", "2026-03-31", "UTC");
const digest: Digest = (content) => hash("sha256", content);
const sources = ["web", "api"].map((id) =>
  Source.parse({
    id,
    kind: "deployment-log",
    repository: id,
    path: `${id}.jsonl`,
    format: "jsonl",
    mapping: { environment: "env", revision: "rev", at: "at", id: "number" },
  }),
);
const deployment = (number: number) =>
  JSON.stringify({ number: String(number), env: "production", rev: `v${number}`, at: `2026-02-0${number}T10:00:00Z` });

function recordsOf({ id }: Source, numbers: readonly number[]): (Evidence & EvidenceInput)[] {
  const bytes = Buffer.from(numbers.map((number) => `${deployment(number)}\n`).join(""));
  const format = "deployments.jsonl";
  const named = {
    sha256: digest(bytes),
    size: bytes.length,
    format,
    locator: `${id}.jsonl#L1-${numbers.length}`,
  } as const;
  const reading = { firstLine: 1 };
  return [{ ...named, sourceId: id, pullId: `pull-${id}`, receivedAt: "2026-04-01T09:00:00.000Z", reading, bytes }];
}

function readingsOf(records: readonly (Evidence & EvidenceInput)[]) {
  return new Map(
    sources.map((source) => {
      const tally = createPullTally(source, period);
      const own = records.filter(({ sourceId }) => sourceId === source.id);
      for (const record of own) tally.add(record, readEvidence(record, source));
      return [`pull-${source.id}`, tally] as const;
    }),
  );
}

/** A bundle whose two logs have three deployments each. */
function honest(evidenceScope: EvidenceScope = "all") {
  const evidence = sources.flatMap((source) => recordsOf(source, [1, 2, 3]));
  const readings = readingsOf(evidence);
  const ipe = sources.map((source): IpeRecord => {
    const own = evidence.filter(({ sourceId }) => sourceId === source.id);
    return {
      pullId: `pull-${source.id}`,
      sourceId: source.id,
      sourceKind: source.kind,
      endpoint: `${source.id}.jsonl`,
      query: "the whole file",
      identity: "",
      access: "",
      period,
      startedAt: "2026-04-01T09:00:00.000Z",
      finishedAt: "2026-04-01T09:00:01.000Z",
      toolVersion: "Tickmark",
      requests: 0,
      records: own.length,
      counts: { deployments: 3 },
      tieOuts: [{ what: "lines", how: "counted", expected: 3, received: 3 }],
      coverage: [{ kind: "deployments", scope: source.id, sourceId: source.id, from: period.start, to: period.end }],
      notes: [],
      recordsDigest: digest(own.map(({ sha256 }) => `${sha256}\n`).join("")),
      reading: readings.get(`pull-${source.id}`)?.reading(),
    };
  });
  const engagement = { engagement: { period } as never, sources, evidenceScope };
  const completeness: Completeness | null = stateCompleteness(period, sources, ipe);
  return { statements: { engagement, ipe, evidence, completeness }, rebuilt: { readings } };
}

/** As a bundle's JSON carries it. */
const copyOf = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

describe("the completeness statement of a bundle", () => {
  it("comes out of the pull records, in whatever order these are, and their counts out of the evidence", () => {
    const { statements, rebuilt } = honest();
    const turned = { ...statements, ipe: copyOf(statements.ipe).reverse() };
    expect(checkCompleteness(turned, rebuilt, digest)).toMatchObject({ id: "completeness", outcome: "passed" });
  });

  it.each<[what: string, path: string, change: (stated: Completeness) => void]>([
    [
      "a tie-out that agrees now",
      "$.sources.0",
      ({ sources: [one] }) => Object.assign(one?.tieOuts[0] ?? {}, { expected: 4 }),
    ],
    ["a source that was pulled after all", "$.notPulled", (stated) => stated.notPulled.push("jira")],
    ["no disagreement in the totals", "$.totals", (stated) => Object.assign(stated.totals, { disagreeing: 1 })],
    [
      "a gap of the period",
      "$.uncovered",
      (stated) => stated.uncovered.push({ kind: "builds", scope: "", from: period.start, to: period.end }),
    ],
  ])("fails with both values when it states %s", (_what, path, change) => {
    const { statements, rebuilt } = honest();
    const completeness = copyOf(statements.completeness) as Completeness;
    change(completeness);
    const check = checkCompleteness({ ...statements, completeness }, rebuilt, digest);
    expect(check).toMatchObject({ outcome: "failed", subject: "completeness.json" });
    expect(check.detail.replace("[0]", ".0")).toContain(path);
    expect(check.expected).not.toBe(check.found);
  });

  it("fails when the evidence of a pull is not what its record names", () => {
    const { statements, rebuilt } = honest();
    const evidence = statements.evidence.slice(1);
    const check = checkCompleteness({ ...statements, evidence }, rebuilt, digest);
    expect(check).toMatchObject({ outcome: "failed", subject: "web", expected: expect.stringContaining("1 records") });
    expect(check.found).toContain("0 records");
  });

  it("fails when a pull record counts what its evidence does not give", () => {
    const { statements, rebuilt } = honest();
    const ipe = copyOf(statements.ipe);
    Object.assign(ipe[1]?.reading?.facts ?? {}, { deployment: 4 });
    const completeness = stateCompleteness(period, sources, ipe);
    expect(checkCompleteness({ ...statements, ipe, completeness }, rebuilt, digest)).toMatchObject({
      outcome: "failed",
      subject: "api",
      detail: expect.stringContaining("$.facts.deployment"),
      expected: "4",
      found: "3",
    });
  });

  it("of a part of the evidence is compared with the pull records, whose counts are then not possible to tell", () => {
    const { statements, rebuilt } = honest("sampled");
    const check = checkCompleteness({ ...statements, evidence: [] }, rebuilt, digest);
    expect(check).toMatchObject({ outcome: "not-possible", detail: expect.stringContaining("a part") });
    const completeness = { ...(statements.completeness as Completeness), notPulled: ["web"] };
    expect(checkCompleteness({ ...statements, completeness }, rebuilt, digest).outcome).toBe("failed");
  });
});
