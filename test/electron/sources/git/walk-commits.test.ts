import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openRepository } from "../../../../electron/sources/git/open-repository.ts";
import { planWalk } from "../../../../electron/sources/git/plan-walk.ts";
import { walkCommits } from "../../../../electron/sources/git/walk-commits.ts";
import { resolvePeriod } from "../../../../shared/model/period.ts";
import { createPullDouble, temporaryFolder } from "../pull-double.ts";
import { gitSource, makeYear } from "./repository-under-test.ts";

async function planned() {
  const folder = temporaryFolder();
  const source = gitSource(makeYear(join(folder, "shop")).path);
  const { context } = createPullDouble({ period: resolvePeriod("2025-01-01", "2025-12-31", "UTC") });
  const plan = await planWalk(source, context, await openRepository(source, context, true));
  if (!plan.walk) throw new Error("nothing to walk");
  return { repository: plan.cut.repository, walk: plan.walk, workFolder: context.workFolder };
}

it("gives the same commits and paths however many are asked for at once, from wherever it goes on", async () => {
  const { repository, walk, workFolder } = await planned();
  const read = async (done: number, lot?: number): Promise<string[]> => {
    const found: string[] = [];
    for await (const { commits, paths } of walkCommits(repository, walk, done, lot)) {
      for (const [index, { id, bytes }] of commits.entries())
        found.push(`${id} ${bytes} ${paths[index]?.id} ${paths[index]?.bytes}`);
    }
    return found;
  };
  const whole = await read(0);
  expect(whole).toHaveLength(walk.commits);
  for (const lot of [1, 3, walk.commits]) {
    for (const done of [0, 1, walk.commits - 1, walk.commits]) expect(await read(done, lot)).toEqual(whole.slice(done));
  }
  expect(readdirSync(workFolder)).toEqual(["code.walk"]);
});

it("leaves no files behind when whoever takes the commits gives up", async () => {
  const { repository, walk, workFolder } = await planned();
  for await (const _ of walkCommits(repository, walk, 0, 2)) break;
  expect(readdirSync(workFolder)).toEqual(["code.walk"]);
});
