import { join } from "node:path";
import { expect, it } from "vitest";
import { gitDriver } from "../../../../electron/sources/git/git-driver.ts";
import { readEvidence } from "../../../../shared/facts/evidence-reading.ts";
import type { Fact } from "../../../../shared/model/facts.ts";
import { resolvePeriod } from "../../../../shared/model/period.ts";
import { describeRecorded } from "../../../recorded-data.ts";
import { type PullDouble, pullOnce } from "../pull-double.ts";
import { gitSource } from "./repository-under-test.ts";

/** All facts, by the readers; every record must be read whole. */
function factsOf(pull: PullDouble): Fact[] {
  return pull.records.flatMap((record) => {
    const read = readEvidence(
      { ...record, sha256: "e".repeat(64), sourceId: "code", reading: undefined },
      gitSource("any"),
    );
    expect(read.unread).toEqual([]);
    return read.facts;
  });
}

/** Walks the release branch from its tip along first parents to where the range begins. */
function lineOf(facts: readonly Fact[]): { parents: number; message: string; second: string }[] {
  const commits = new Map(facts.flatMap((fact) => (fact.kind === "commit" ? [[fact.id, fact] as const] : [])));
  const before = new Set(
    facts.flatMap((fact) => (fact.kind === "boundary" && fact.reason === "before-range" ? [fact.commit] : [])),
  );
  const tip = facts.find((fact) => fact.kind === "ref" && fact.name === "refs/heads/main");
  const line = [];
  for (let id = tip?.kind === "ref" ? tip.commit : ""; !before.has(id); ) {
    const commit = commits.get(id);
    if (!commit) throw new Error(`the line is broken at ${id}`);
    line.push({ parents: commit.parents.length, message: commit.message, second: commit.parents[1] ?? "" });
    id = commit.parents[0] ?? "";
  }
  return line;
}

describeRecorded("govuk", "the recorded repository of a web application", (folder) => {
  it("has 276 merges on its line in the half year, each of a request's head that is there", async () => {
    const source = gitSource(join(folder, "specialist-publisher.git.tar"));
    const pull = await pullOnce(gitDriver, source, {
      period: resolvePeriod("2025-01-01", "2025-06-30", "Europe/London"),
    });
    expect(pull.outcome.counts).toMatchObject({ "commits": 827, "commits on the release branch": 276, "tags": 267 });
    expect(pull.outcome.tieOuts[0]).toMatchObject({ expected: 827, received: 827 });
    const facts = factsOf(pull);
    const line = lineOf(facts);
    expect(line).toHaveLength(276);
    expect(line.every(({ parents }) => parents === 2)).toBe(true);
    const heads = new Map(facts.flatMap((fact) => (fact.kind === "ref" ? [[fact.name, fact.commit] as const] : [])));
    for (const { message, second } of line) {
      const number = /^Merge pull request #(\d+)/.exec(message)?.[1];
      expect(heads.get(`refs/pull/${number}/head`)).toBe(second);
    }
  });
});

describeRecorded("alloy", "the recorded repository of a build tool", (folder) => {
  it("is read across the commit that its clone lists as cut though its parent is there: 101 merges of requests, 99 of them on the line", async () => {
    const source = gitSource(join(folder, "alloy.git.tar"));
    const pull = await pullOnce(gitDriver, source, {
      period: resolvePeriod("2013-07-01", "2013-12-31", "America/Los_Angeles"),
    });
    const facts = factsOf(pull);
    const isMerge = ({ message }: { message: string }): boolean => /^Merge pull request #\d+/.test(message);
    expect(lineOf(facts).filter(isMerge)).toHaveLength(99);
    expect(facts.filter((fact) => fact.kind === "commit" && isMerge(fact))).toHaveLength(101);
    expect(pull.outcome.tieOuts[0]?.expected).toBe(pull.outcome.tieOuts[0]?.received);
  });
});
