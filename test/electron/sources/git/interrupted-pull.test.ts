import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { gitDriver } from "../../../../electron/sources/git/git-driver.ts";
import { resolvePeriod } from "../../../../shared/model/period.ts";
import {
  createPullDouble,
  Died,
  evidenceOf,
  type PullDouble,
  pullOnce,
  recordsOf,
  temporaryFolder,
} from "../pull-double.ts";
import { gitSource, makeLong } from "./repository-under-test.ts";

const year = resolvePeriod("2025-01-01", "2025-12-31", "UTC");

async function interrupt(
  source: ReturnType<typeof gitSource>,
  dieAtSave: number,
  workFolder: string,
): Promise<PullDouble> {
  const double = createPullDouble({ period: year, dieAtSave, workFolder });
  await expect(gitDriver.pull(source, double.context)).rejects.toBeInstanceOf(Died);
  return double;
}

it("a pull that dies at any point and is run again gives what an undisturbed one gives, nothing lost or doubled", async () => {
  const folder = temporaryFolder();
  const source = gitSource(makeLong(join(folder, "shop")).path);
  const whole = await pullOnce(gitDriver, source, { period: year });
  expect(whole.saves).toBeGreaterThan(5);
  for (let dieAtSave = 1; dieAtSave <= whole.saves; dieAtSave += 1) {
    const died = await interrupt(source, dieAtSave, join(folder, `work-${dieAtSave}`));
    const resumed = await pullOnce(gitDriver, source, { after: died });
    expect(evidenceOf(resumed), `at save ${dieAtSave}`).toEqual(evidenceOf(whole));
    expect(resumed.outcome.counts).toEqual(whole.outcome.counts);
    expect(resumed.outcome.tieOuts).toEqual(whole.outcome.tieOuts);
    expect(resumed.requests.map(({ asked }) => asked)).toEqual(whole.requests.map(({ asked }) => asked));
    expect(resumed.outcome.notes.join().includes("interrupted")).toBe(dieAtSave > 1);
  }
});

it("a pull that dies twice goes on from where it was the second time", async () => {
  const folder = temporaryFolder();
  const source = gitSource(makeLong(join(folder, "shop")).path);
  const whole = await pullOnce(gitDriver, source, { period: year });
  const first = await interrupt(source, 3, join(folder, "work"));
  const second = createPullDouble({ after: first, dieAtSave: 2 });
  await expect(gitDriver.pull(source, second.context)).rejects.toBeInstanceOf(Died);
  expect(evidenceOf(await pullOnce(gitDriver, source, { after: second }))).toEqual(evidenceOf(whole));
});

it("commits that arrive while a pull is interrupted do not change what it gives", async () => {
  const folder = temporaryFolder();
  const repository = makeLong(join(folder, "shop"));
  const source = gitSource(repository.path);
  const whole = await pullOnce(gitDriver, source, { period: year });
  const died = await interrupt(source, 3, join(folder, "work"));
  repository.git("switch", "--quiet", "--discard-changes", "-C", "main", "main");
  repository.commit("2025-11-01", "Meanwhile");
  const resumed = await pullOnce(gitDriver, source, { after: died });
  expect(evidenceOf(resumed)).toEqual(evidenceOf(whole));
});

it("when the list of commits was lost but nothing moved, the pull goes on from where it was", async () => {
  const folder = temporaryFolder();
  const source = gitSource(makeLong(join(folder, "shop")).path);
  const whole = await pullOnce(gitDriver, source, { period: year });
  const died = await interrupt(source, 3, join(folder, "work"));
  rmSync(join(folder, "work"), { recursive: true });
  expect(evidenceOf(await pullOnce(gitDriver, source, { after: died }))).toEqual(evidenceOf(whole));
});

it("when the list was lost and the repository moved, the pull begins again and says so", async () => {
  const folder = temporaryFolder();
  const repository = makeLong(join(folder, "shop"));
  const source = gitSource(repository.path);
  const died = await interrupt(source, 3, join(folder, "work"));
  rmSync(join(folder, "work"), { recursive: true });
  repository.git("switch", "--quiet", "--discard-changes", "-C", "main", "main");
  const newest = repository.commit("2025-11-01", "Meanwhile");
  const resumed = await pullOnce(gitDriver, source, { after: died });
  expect(resumed.outcome.notes.join()).toContain("it was begun again");
  expect(resumed.outcome.endpoint).toContain(newest);
  const ids = new Set(recordsOf(resumed, "git.commit").map(({ locator }) => locator));
  expect(String(ids.size)).toBe(repository.git("rev-list", "--count", "main"));
  expect(resumed.outcome.tieOuts[0]).toMatchObject({ expected: 2501, received: 2501 });
});
