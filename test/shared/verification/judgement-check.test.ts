import { hash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { RedactionLog } from "../../../shared/bundle/redaction/redaction-log.ts";
import { judgeResult } from "../../../shared/judgement/judging.ts";
import type { Judgement } from "../../../shared/model/judgement.ts";
import type { Result } from "../../../shared/model/result.ts";
import { ResultList } from "../../../shared/model/results.ts";
import type { BundleStatements } from "../../../shared/verification/bundle-reading.ts";
import { standingIn } from "../../../shared/verification/judgement-check.ts";

const digest = (content: Uint8Array | string) => hash("sha256", content, "hex");

function resultOn(item: string, reason: string): Result {
  const about = { control: "DEP-01", assertion: "pipeline", population: "deployment", item } as const;
  return { ...about, outcome: "fail", reason, values: {}, evidence: [] };
}

function judge(result: Result, number: number): Judgement {
  const { control, assertion, population, item } = result;
  const request = { control, assertion, population, item, outcome: "pass", reason: "Seen.", procedure: null } as const;
  return judgeResult(request, result, { number, by: "A. Osei", at: "2026-07-02T09:00:00.000Z" }, digest);
}

/** @param of what was replaced in */
function redacted(of: string): RedactionLog {
  const replaced = [{ kind: "github-token", count: 1, places: ["/0/reason"] }];
  return { edition: "complete", lookedFor: ["github-token"], evidence: [], statements: [{ of, replaced }] };
}

describe("the judgements that stand where a secret was left out of the results", () => {
  const before = ["started with s3cret", "by hand", "as before"].map((reason, at) => resultOn(`d${at}`, reason));
  const judgements = before.map((result, index) => judge(result, index + 1));
  const stated = [
    resultOn("d0", "started with redacted-github-token-1"),
    // Evaluated anew after it was judged.
    resultOn("d1", "by hand, by nobody who is known"),
    resultOn("d2", "as before"),
  ];
  const standing = (redactions: RedactionLog | null) => {
    const statements = { judgements, results: new ResultList(stated), redactions } as unknown as BundleStatements;
    const { judgements: stand, outdated } = standingIn(statements, digest);
    return { stand: stand.map(({ item }) => item), outdated: outdated.map(({ item }) => item) };
  };

  it("are those on results without replaced words, just as they were judged, and those on results with such words", () => {
    expect(standing(redacted("results"))).toEqual({ stand: ["d0", "d2"], outdated: ["d1"] });
  });

  it("are held to every word of a result where none was replaced in any", () => {
    for (const redactions of [null, redacted("items")])
      expect(standing(redactions)).toEqual({ stand: ["d2"], outdated: ["d0", "d1"] });
  });
});
