import { hash } from "node:crypto";
import { join } from "node:path";
import { expect, it } from "vitest";
import { gitDriver } from "../../../../electron/sources/git/git-driver.ts";
import { readEvidence } from "../../../../shared/facts/evidence-reading.ts";
import { addFact, createFactSet } from "../../../../shared/facts/fact-set.ts";
import { type Period, resolvePeriod } from "../../../../shared/model/period.ts";
import type { Population } from "../../../../shared/model/population.ts";
import { buildPopulation } from "../../../../shared/population/build-population.ts";
import { gatherPeople } from "../../../../shared/population/people.ts";
import {
  createPullDouble,
  Died,
  evidenceOf,
  type PullDouble,
  pullOnce,
  recordsOf,
  temporaryFolder,
} from "../pull-double.ts";
import { createRepository, gitSource } from "./repository-under-test.ts";

const year = resolvePeriod("2025-01-01", "2025-12-31", "UTC");

/**
 * Main, and releases cut from it: 1 long before the period and left alone, 2 long before it and fixed in it by taking
 * over a piece of main's older work, 9 and 10 cut in the period.
 */
function makeReleases() {
  const { path, git, commit, merge } = createRepository(join(temporaryFolder(), "shop"));
  const start = commit("2022-01-01", "Start", { "a.txt": "1\n" });
  git("branch", "release/1");
  const second = commit("2022-02-01", "Second", { "a.txt": "2\n" });
  git("branch", "release/2");
  const older = commit("2023-01-01", "Work of main before the period", { "b.txt": "1\n" });
  const base = commit("2023-02-01", "More of it", { "b.txt": "2\n" });
  const inside = commit("2025-03-01", "Inside", { "a.txt": "3\n" });
  git("switch", "--quiet", "-c", "release/9");
  const fixOf9 = commit("2025-03-10", "Fix of 9", { "c.txt": "9\n" });
  git("switch", "--quiet", "main");
  const later = commit("2025-04-01", "Later", { "a.txt": "4\n" });
  git("switch", "--quiet", "-c", "release/10");
  const fixOf10 = commit("2025-05-01", "Fix of 10", { "c.txt": "10\n" });
  git("switch", "--quiet", "-c", "back", older);
  git("switch", "--quiet", "release/2");
  const takenOver = merge("2025-06-01", "back");
  git("branch", "-D", "back");
  git("switch", "--quiet", "main");
  return { path, git, ids: { start, second, older, base, inside, fixOf9, later, fixOf10, takenOver } };
}

/** What the stages after the pull make of it. */
function populationOf(pull: PullDouble, releaseBranch: string, period: Period): Population {
  const source = gitSource("shop.git", releaseBranch);
  const facts = createFactSet();
  for (const { bytes, format, locator } of pull.records) {
    const sha256 = hash("sha256", bytes);
    const read = readEvidence({ bytes, format, locator, sha256, sourceId: source.id, reading: undefined }, source);
    for (const fact of read.facts) addFact(facts, fact);
  }
  return buildPopulation(
    { facts, sources: [source], people: gatherPeople(facts, [source]), coverage: [] },
    { period, asked: [] },
  );
}

const storedCommits = (pull: PullDouble) => recordsOf(pull, "git.commit").map(({ locator }) => locator.slice(4));

it("reads every branch that a pattern fits, each commit once, and gives each change to the line that had it first", async () => {
  const { path, ids } = makeReleases();
  const pull = await pullOnce(gitDriver, gitSource(path, "release/*"), { period: year });
  const stored = storedCommits(pull);
  expect(new Set(stored).size).toBe(stored.length);
  const { start: _start, ...read } = ids;
  expect(new Set(stored)).toEqual(new Set(Object.values(read)));
  expect(pull.outcome.tieOuts[0]).toMatchObject({ received: pull.outcome.counts.commits });
  expect(pull.outcome.tieOuts[0]?.expected).toBe(pull.outcome.tieOuts[0]?.received);
  expect(pull.outcome.notes.join()).toContain("refs/heads/release/1 is dated near the period: it was left out");
  for (const name of ["release/2", "release/9", "release/10"]) expect(pull.outcome.endpoint).toContain(`/${name} at `);

  const { change: changes } = populationOf(pull, "release/*", year).items;
  expect(changes.map(({ commit }) => commit)).toEqual([
    ...[ids.takenOver, ids.inside, ids.fixOf9, ids.later, ids.fixOf10],
  ]);
  // What main had long before came to release 2 in the period: who wrote it must be known.
  expect(changes[0]?.commits.sort()).toEqual([ids.takenOver, ids.older].sort());
});

it("takes main before the releases when the source names it first", async () => {
  const { path, ids } = makeReleases();
  const pull = await pullOnce(gitDriver, gitSource(path, "main release/*"), { period: year });
  const { items, exclusions } = populationOf(pull, "main release/*", year);
  const { change: changes } = items;
  expect(changes.map(({ commit }) => commit)).toEqual([
    ...[ids.inside, ids.later, ids.takenOver, ids.fixOf9, ids.fixOf10],
  ]);
  expect(exclusions.every(({ reason }) => reason.includes("before the period"))).toBe(true);
});

it("a pull of several lines that dies at any point and is run again gives what an undisturbed one gives", async () => {
  const { path } = makeReleases();
  const source = gitSource(path, "release/*");
  const whole = await pullOnce(gitDriver, source, { period: year });
  for (let dieAtSave = 1; dieAtSave <= whole.saves; dieAtSave += 1) {
    const died = createPullDouble({ period: year, dieAtSave, workFolder: temporaryFolder() });
    await expect(gitDriver.pull(source, died.context)).rejects.toBeInstanceOf(Died);
    const resumed = await pullOnce(gitDriver, source, { after: died });
    expect(evidenceOf(resumed)).toEqual(evidenceOf(whole));
    expect(resumed.outcome.tieOuts).toEqual(whole.outcome.tieOuts);
  }
});

it("a pattern that fits nothing is a fault, also beside one that fits: a slip must not lose a line in silence", async () => {
  const { path } = makeReleases();
  for (const slip of ["relase/*", "main relase/*"]) {
    const fault = await pullOnce(gitDriver, gitSource(path, slip), { period: year }).catch((thrown: unknown) => thrown);
    expect(fault).toMatchObject({
      code: "git-unknown-branch",
      message: expect.stringContaining('no branch "relase/*"'),
    });
  }
  const test = await gitDriver.test(gitSource(path, "release/*"), createPullDouble().context);
  expect(test.notes.filter((note) => note.includes("refs/heads/release/"))).toHaveLength(4);
});
