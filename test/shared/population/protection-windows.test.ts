import { describe, expect, it } from "vitest";
import { History } from "./history.ts";

/** Hours after the story's start, as a moment. */
const at = (hours: number) => new Date(Date.parse("2026-02-02T09:00:00.000Z") + hours * 3_600_000).toISOString();

function guarded(history: History, hour: number, enabled: boolean, branch = "main"): History {
  return history.fact({
    ...{ kind: "branch-protection", repository: "ledger", branch, at: at(hour), enabled, requiredApprovals: 1 },
    ...{ dismissesStaleApprovals: null, bindsAdministrators: null, requiredChecks: [], allowsForcePush: null },
    by: enabled ? "" : "cleo-login",
  });
}

function threeChanges() {
  const history = new History();
  const before = history.commit({ at: 1 });
  const during = history.commit({ parents: [before], at: 5 });
  const after = history.commit({ parents: [during], at: 9 });
  history.main(after);
  return { history, during, after };
}

describe("a branch that was not protected for a time", () => {
  it("is a remark on each change that arrived in it, with the time and who switched it off", () => {
    const { history, during } = threeChanges();
    guarded(guarded(guarded(history, 0, true), 4, false), 8, true);
    expect(history.population().remarks).toEqual([
      {
        id: `ledger@${during}`,
        remark: `It arrived while the host did not protect branch main: from ${at(4)} to ${at(8)}, switched off by cleo-login.`,
      },
    ]);
  });

  it("stays so until something says otherwise, and is one time however often it is said", () => {
    const { history, during, after } = threeChanges();
    guarded(guarded(history, 4, false), 6, false, "ma*");
    expect(history.population().remarks.map(({ id }) => id)).toEqual([`ledger@${during}`, `ledger@${after}`]);
    expect(history.population().remarks[1]?.remark).toContain(`from ${at(4)} to the end of what is known`);
  });

  it("is no remark for another branch, nor before the first record", () => {
    const { history } = threeChanges();
    guarded(guarded(history, 4, false, "develop"), 20, false);
    expect(history.population().remarks).toEqual([]);
  });
});
