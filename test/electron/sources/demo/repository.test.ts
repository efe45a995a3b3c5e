import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DemoSources } from "../../../../electron/sources/demo/make-demo-sources.ts";
import { askGit, type MadeSources, makeSources } from "./made-sources.ts";

let made: MadeSources;
let demo: DemoSources;
beforeAll(async () => {
  made = await makeSources();
  demo = made.sources;
});
afterAll(() => made[Symbol.asyncDispose]());

const git = (...args: string[]) => askGit(demo, ...args);
const mergedRequests = () => demo.github.requests.filter(({ listed }) => listed.merged_at !== null);

describe("the repository", () => {
  test("is whole: git finds nothing wrong with it, and no loose ends", () => {
    const { status, stdout, stderr } = spawnSync("git", ["-C", demo.repositoryPath, "fsck", "--full", "--strict"], {
      encoding: "utf8",
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  test("is bare, on the release branch, with annotated and light tags and nothing left over from its making", () => {
    expect(git("rev-parse", "--is-bare-repository")).toEqual(["true"]);
    expect(git("symbolic-ref", "HEAD")).toEqual(["refs/heads/main"]);
    const kinds = git("for-each-ref", "--format=%(objecttype)", "refs/tags");
    expect(new Set(kinds)).toEqual(new Set(["tag", "commit"]));
    expect(git("for-each-ref", "--format=%(refname)").filter((ref) => ref.startsWith("refs/demo"))).toEqual([]);
  });

  test("has several authors with several addresses, which .mailmap joins", () => {
    const raw = new Set(git("log", "--format=%ae", "main"));
    expect(raw.size).toBeGreaterThan(15);
    expect(git("check-mailmap", "x <tobi@fennhagen.example>")).toEqual([
      "Tobias Fennhagen <tobias.fennhagen@northwind-ledger.example>",
    ]);
    expect(git("log", "--format=%an", "main")).toContain("M. Contractor");
  });

  test("has merges, squashes, a rebase and direct pushes on the release branch", () => {
    const line = git("log", "--first-parent", "--format=%H %cn %P", "main").map((row) => row.split(" "));
    const parents = line.map((row) => row.slice(1).filter((word) => /^[0-9a-f]{40}$/.test(word)).length);
    expect(parents.filter((count) => count === 2).length).toBeGreaterThan(40);
    expect(parents.filter((count) => count === 1).length).toBeGreaterThan(25);
    expect(line.filter((row) => row[1] === "GitHub").length).toBeGreaterThan(60);
  });

  test("has contents that a reader can follow: the change's method is in its file", () => {
    const text = git("show", "main:src/main/java/example/northwind/ledger/FxRates.java").join("\n");
    expect(text).toContain(
      "/** LED-1206: Use Friday's exchange rates on weekends. */\n    public long fxWeekend(long cents) {",
    );
  });
});

describe("the requests join with git", () => {
  test("each head is where the host keeps it, and each request lists the commits between its base and its head", () => {
    for (const { listed, commits } of demo.github.requests) {
      expect(git("rev-parse", `refs/pull/${listed.number}/head`)).toEqual([listed.head.sha]);
      const between = git("rev-list", "--reverse", "--topo-order", `${listed.base.sha}..${listed.head.sha}`);
      expect(commits.map((commit) => commit.sha)).toEqual(between);
    }
  });

  test("each merged one names a commit of the release branch, at the time of the merge", () => {
    const arrivals = new Map(
      git("log", "--first-parent", "--format=%H %ct", "main").map((row) => row.split(" ") as [string, string]),
    );
    for (const { listed } of mergedRequests()) {
      expect(Number(arrivals.get(listed.merge_commit_sha ?? ""))).toBe(Date.parse(listed.merged_at ?? "") / 1000);
    }
    expect(mergedRequests().length).toBeGreaterThan(80);
  });

  test("what was merged is the mechanical merge of what was reviewed, but for the one that the story tells of", () => {
    for (const { listed } of mergedRequests().filter(({ listed: { title } }) => !title.includes("Zoom into"))) {
      const merge = listed.merge_commit_sha ?? "";
      const [tree] = git("rev-parse", `${merge}^{tree}`);
      expect([listed.number, git("merge-tree", "--write-tree", `${merge}^1`, listed.head.sha)]).toEqual([
        listed.number,
        [tree],
      ]);
    }
  });

  test("records of commits say what git says", () => {
    for (const commit of demo.github.requests.flatMap(({ commits }) => commits)) {
      const [tree, name, email, at, ...parents] = git("show", "-s", "--format=%T%n%an%n%ae%n%at%n%P", commit.sha);
      expect(commit.commit.tree.sha).toBe(tree);
      expect(commit.commit.author).toEqual({
        name,
        email,
        date: new Date(Number(at) * 1000).toISOString().replace(".000Z", "Z"),
      });
      expect(commit.parents.map((parent) => parent.sha)).toEqual(parents.flatMap((ids) => ids.split(" ")));
    }
  });
});
