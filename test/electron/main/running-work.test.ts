import { describe, expect, it } from "vitest";
import { RunningWork } from "../../../electron/main/running-work.ts";

function watched() {
  const signs: (string | number)[] = [];
  let now = 0;
  const work = new RunningWork(
    {
      showProgress: (share) => signs.push(share),
      tellEnd: (step, succeeded) => signs.push(`${step} ${succeeded ? "done" : "stopped"}`),
    },
    () => now,
  );
  return { work, signs, wait: (ms: number) => (now += ms) };
}

describe("work that runs in the background", () => {
  it("is named while it runs, and shows how far it is", async () => {
    const { work, signs } = watched();
    let end = () => {};
    const pull = work.watch("pull.run", () => new Promise<void>((resolve) => (end = resolve)));
    expect(work.steps).toEqual(["The pull"]);
    work.progress(1, 4);
    work.progress(9, null);
    end();
    await pull;
    expect(work.steps).toEqual([]);
    expect(signs).toEqual([2, 0.25, 2, -1]);
  });

  it("tells its end when it took long, and also that it failed", async () => {
    const { work, signs, wait } = watched();
    const failing = work.watch("export.write", async () => {
      wait(10_000);
      throw new Error("full");
    });
    await expect(failing).rejects.toThrow("full");
    expect(signs).toContain("The export stopped");
    await work.watch("pull.run", async () => wait(20_000));
    expect(signs).toContain("The pull done");
  });

  it("says nothing of what ends at once, or of calls that are no long step", async () => {
    const { work, signs, wait } = watched();
    await work.watch("pull.run", async () => wait(100));
    await work.watch("population.items", async () => wait(60_000));
    expect(signs).toEqual([2, -1]);
  });

  it("shows no progress that comes after its end", () => {
    const { work, signs } = watched();
    work.progress(1, 2);
    expect(signs).toEqual([]);
  });
});
