import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readEvidence } from "../../../../shared/facts/evidence-reading.ts";
import type { Deployment } from "../../../../shared/model/deployment-facts.ts";
import { Source, type SourceOf } from "../../../../shared/model/source.ts";
import { describeRecorded } from "../../../recorded-data.ts";
import { checkedFacts, reasonsOf, record } from "../recorded-answer.ts";

function gitops(more: Record<string, unknown> = {}): SourceOf<"gitops"> {
  const source = Source.parse({
    id: "gitops",
    kind: "gitops",
    repository: "shop",
    location: "config.git",
    branch: "main",
    files: "apps/{environment}/{service}",
    ...more,
  });
  if (source.kind !== "gitops") throw new Error("another kind");
  return source;
}

function read(log: string, source = gitops()) {
  return readEvidence(record("gitops.log", log), source);
}

const deploymentsOf = (found: ReturnType<typeof read>) =>
  checkedFacts(found).filter((fact): fact is Deployment => fact.kind === "deployment");

const header = `commit ${"a".repeat(40)}
Merge: 1111111 2222222
Author:     Release Bot <bot@example.org>
AuthorDate: 2025-03-01T10:00:00+01:00
Commit:     Host <noreply@example.org>
CommitDate: 2025-03-01T10:00:05+01:00

    Roll out
    commit ${"b".repeat(40)}
`;

function patch(path: string, before: string[] | null, after: string[] | null): string {
  const lines = [
    `diff --git a/${path} b/${path}`,
    "index 2d434fdaaa..d467ca7071 100644",
    before === null ? "--- /dev/null" : `--- a/${path}`,
    after === null ? "+++ /dev/null" : `+++ b/${path}`,
    `@@ -${before ? 1 : 0},${before?.length ?? 0} +${after ? 1 : 0},${after?.length ?? 0} @@`,
    ...(before ?? []).map((line) => `-${line}`),
    ...(after ?? []).map((line) => `+${line}`),
    "\\ No newline at end of file",
  ];
  return `${lines.join("\n")}\n`;
}

describe("commits of a GitOps repository", () => {
  it("a changed version is a deployment of that service to that environment, at the committer's time", () => {
    const log = `${header}\n${patch("apps/production/web", ["image_tag: v1"], ["image_tag: v2"])}`;
    const found = read(log, gitops({ pipelineAccounts: ["BOT@example.org"] }));
    expect(deploymentsOf(found)).toMatchObject([
      {
        id: `${"a".repeat(40)}/web`,
        environment: "production",
        production: true,
        service: "web",
        revision: "v2",
        previousRevision: "v1",
        at: "2025-03-01T09:00:05.000Z",
        clock: "committer",
        by: "bot@example.org",
        byPipeline: true,
        status: "",
      },
    ]);
    expect(found.unread).toEqual([]);
  });

  it("a new file puts a first version there; a removed file, another setting and another path put none", () => {
    const log = [
      `${header}\n`,
      patch("apps/staging/web", null, ["image_tag: v3"]),
      patch("apps/production/web", ["image_tag: v1"], null),
      patch("apps/production/api", ["image_tag: v1", "replicas: 1"], ["image_tag: v1", "replicas: 2"]),
      patch("docs/apps/production/web", ["image_tag: v1"], ["image_tag: v2"]),
    ].join("");
    expect(deploymentsOf(read(log))).toMatchObject([{ environment: "staging", revision: "v3", previousRevision: "" }]);
  });

  it("a removed line that looks like the head of another file is content", () => {
    const log = `${header}\n${patch("apps/production/web", ["-- a/apps/production/api", "image_tag: v1"], ["image_tag: v2"])}`;
    expect(deploymentsOf(read(log))).toMatchObject([{ service: "web", revision: "v2" }]);
  });

  it("only the named service is kept, and the environment may be the source's own", () => {
    const log = `${header}\n${patch("charts/web.yaml", ["tag: 1"], ["tag: 2"])}${patch("charts/api.yaml", ["tag: 1"], ["tag: 3"])}`;
    const source = gitops({ files: "charts/{service}.yaml", service: "api", environment: "live", tag: "tag" });
    expect(deploymentsOf(read(log, source))).toMatchObject([{ service: "api", revision: "3", environment: "live" }]);
  });

  it("a commit without a readable time and a text without commits are listed as unread", () => {
    expect(reasonsOf(read(header.replace(/CommitDate: .*/, "CommitDate: yesterday")))).toEqual([
      'line 1: its commit date "yesterday" is not a time with its zone',
    ]);
    expect(reasonsOf(read("no log at all"))).toEqual([": it holds no commit"]);
  });
});

describeRecorded("govuk", "the image tags of a real GitOps repository", (folder) => {
  const log = gunzipSync(readFileSync(join(folder, "image-tag-commits.gitlog.txt.gz"))).toString("utf8");
  const known = gunzipSync(readFileSync(join(folder, "deployments.jsonl.gz")))
    .toString("utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, string>);
  const source = gitops({ files: "charts/app-config/image-tags/{environment}/{service}" });

  it("give the 753 deployments that are known, each with its environment, versions, person and time", () => {
    const found = read(log, source);
    const spell = (parts: readonly (string | undefined)[]) => parts.join(" ");
    const mine = deploymentsOf(found).map((d) =>
      spell([d.environment, d.id, d.previousRevision, d.revision, d.by, String(Date.parse(d.at))]),
    );
    const theirs = known.map((d) =>
      spell([
        d.environment,
        `${d.commit}/${d.app}`,
        d.oldImageTag,
        d.newImageTag,
        d.authorEmail,
        String(Date.parse(d.commitDate ?? "")),
      ]),
    );
    expect(mine.sort()).toEqual(theirs.sort());
    expect(found.unread).toEqual([]);
  });

  it("count 333 in integration, 219 in staging and 201 in production, with the rollback from v570 to v565", () => {
    const found = deploymentsOf(read(log, source));
    const count = (environment: string) => found.filter((one) => one.environment === environment).length;
    expect(["integration", "staging", "production"].map(count)).toEqual([333, 219, 201]);
    const rollback = found.filter((one) => one.previousRevision === "v570" && one.revision === "v565");
    expect(rollback.filter(({ production }) => production)).toHaveLength(1);
  });
});
