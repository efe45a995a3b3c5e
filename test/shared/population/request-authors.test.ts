import { describe, expect, it } from "vitest";
import { approvedBy } from "../../../shared/model/approval.ts";
import { History, loginOf, oneRequest } from "./history.ts";

type Push = { readonly by: string; readonly hour?: number; readonly event?: "pushed" | "force-pushed"; word?: string };

function push(history: History, head: string, { by, hour = 2, event = "pushed", word = "push" }: Push): void {
  history.fact({
    ...{ kind: "request-event", repository: "ledger", request: 1, id: `push by ${by}`, event, word },
    ...{ at: `2026-02-02T${String(9 + hour).padStart(2, "0")}:00:00.000Z`, by: loginOf(by), commit: head },
    ...{ previousCommit: "", text: "" },
  });
}

describe("who an approval must be independent of", () => {
  it.each<[string, Push, boolean]>([
    ["whoever pushed to it, whose name no commit bears", { by: "cleo" }, false],
    ["whoever pushed other commits in its place", { by: "cleo", event: "force-pushed" }, false],
    ["not who only rebased it, by the host's own word", { by: "cleo", word: "TRIVIAL_REBASE" }, true],
    ["not who pushed to its branch after the merge", { by: "cleo", hour: 11 }, true],
    ["not who pushed nothing", { by: "ben" }, true],
  ])("is %s", (_words, pushed, counts) => {
    const history = new History();
    const { head, merge } = oneRequest(history);
    push(history, head, pushed);
    history.review(1, "cleo", head, { hour: 5 });
    expect(approvedBy(history.change(merge), "cleo")).toBe(counts);
  });

  it("is an account that was deleted too, of which nobody can tell who it was", () => {
    const history = new History();
    const { base } = oneRequest(history);
    const head = history.commit({ parents: [base], at: 20 });
    const merge = history.merge(base, head, { at: 22 });
    history.main(merge).request(2, { head, mergeCommit: merge, author: "", hour: 22 });
    expect(history.change(merge).authors).toEqual([
      expect.objectContaining({ account: "an account that was deleted", known: false }),
      expect.objectContaining({ name: "ada", known: true }),
    ]);
  });

  it("is who wrote a commit that names no address", () => {
    const history = new History();
    const { merge } = oneRequest(history);
    history.fact({
      ...{ kind: "request-commit", repository: "ledger", request: 1, commit: "e".repeat(40) },
      ...{ authorLogin: "", authorEmail: "", authorName: "Somebody", message: "" },
    });
    expect(history.change(merge).authors).toContainEqual(
      expect.objectContaining({ account: "an author without an address", known: false }),
    );
  });
});

it("a merge that brings another head besides the request's is no merge of what was approved", () => {
  const history = new History();
  const base = history.commit({ at: 0 });
  const head = history.commit({ parents: [base], at: 1 });
  const unseen = history.commit({ by: "dan", parents: [base], at: 2 });
  const octopus = history.commit({ parents: [base, head, unseen], at: 10 });
  history.main(octopus).request(1, { head, mergeCommit: octopus, hour: 10 });
  expect(history.change(octopus)).toMatchObject({ request: { found: true, via: "host" }, mergesHead: false });
});
