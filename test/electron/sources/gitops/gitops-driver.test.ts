import { join } from "node:path";
import { expect, it } from "vitest";
import { gitopsDriver } from "../../../../electron/sources/gitops/gitops-driver.ts";
import { readEvidence } from "../../../../shared/facts/evidence-reading.ts";
import { Source, type SourceOf } from "../../../../shared/model/source.ts";
import { createRepository, gitIn, type TestRepository } from "../git/repository-under-test.ts";
import { createPullDouble, Died, evidenceOf, type PullDouble, pullOnce, temporaryFolder } from "../pull-double.ts";

function gitops(location: string, more: Record<string, unknown> = {}): SourceOf<"gitops"> {
  const files = "apps/{environment}/{service}.yaml";
  const source = Source.parse({
    id: "gitops",
    kind: "gitops",
    repository: "shop",
    location,
    branch: "main",
    files,
    ...more,
  });
  if (source.kind !== "gitops") throw new Error("another kind");
  return source;
}

/** A repository of versions: some before the period, a merged request, and files that are no one's business. */
function makeVersions(): TestRepository {
  const repository = createRepository(join(temporaryFolder(), "config"));
  const { commit, git, merge } = repository;
  const web = (tag: string) => `replicas: 2\nimage:\n  tag: ${tag} # as built\n`;
  commit("2023-05-01", "Start", { "apps/production/web.yaml": web("v1"), "README.md": "x\n" });
  commit("2025-01-10", "Staging gets v2", { "apps/staging/web.yaml": web("v2") });
  git("switch", "--quiet", "-c", "rollout");
  commit("2025-01-11", "Production gets v2", { "apps/production/web.yaml": web("v2") });
  git("switch", "--quiet", "main");
  merge("2025-01-20", "rollout");
  commit("2025-02-01", "commit 1234", { "apps/production/api.yaml": web("v9"), "docs/a.md": "y\n" });
  commit("2025-02-02", "Two more replicas", { "apps/production/web.yaml": web("v2").replace("2", "4") });
  commit("2025-03-01", "Back to v1", { "apps/production/web.yaml": web("v1") });
  return repository;
}

function versionsOf({ records }: PullDouble, source: Source): string[] {
  const inputs = records.map(({ bytes, format, locator }) => ({
    bytes,
    format,
    locator,
    sha256: "a".repeat(64),
    sourceId: "gitops",
  }));
  const facts = inputs.flatMap((input) => readEvidence(input, source).facts);
  return facts.flatMap((fact) =>
    fact.kind === "deployment"
      ? [
          `${fact.at.slice(0, 10)} ${fact.environment}/${fact.service} ${fact.previousRevision}>${fact.revision} ${fact.by}`,
        ]
      : [],
  );
}

it("each change of a version on the branch is a deployment, dated when it arrived there", async () => {
  const source = gitops(makeVersions().path, { tag: "image.tag" });
  const pull = await pullOnce(gitopsDriver, source);
  expect(versionsOf(pull, source)).toEqual([
    "2025-03-01 production/web v2>v1 ada@example.org",
    "2025-02-01 production/api >v9 ada@example.org",
    "2025-01-20 production/web v1>v2 ada@example.org",
    "2025-01-10 staging/web >v2 ada@example.org",
  ]);
  expect(pull.outcome.tieOuts).toEqual([expect.objectContaining({ expected: 5, received: 5 })]);
  expect(pull.outcome.coverage).toEqual([expect.objectContaining({ kind: "deployments", scope: "shop" })]);
});

it("only the files of the named service are asked for", async () => {
  const source = gitops(makeVersions().path, { tag: "image.tag", service: "api" });
  const pull = await pullOnce(gitopsDriver, source);
  expect(pull.records).toHaveLength(1);
  expect(versionsOf(pull, source)).toEqual(["2025-02-01 production/api >v9 ada@example.org"]);
});

it("a pull that was interrupted goes on from the same commit, though the branch moved", async () => {
  const repository = makeVersions();
  const steps = Array.from({ length: 450 }, (_, number) => {
    const who = `Ada <ada@example.org> ${1_743_465_600 + number * 60} +0000`;
    const content = `image_tag: r${number}\n`;
    const from = number === 0 ? "from refs/heads/main^0\n" : "";
    const change = `M 100644 inline apps/production/web.yaml\ndata ${content.length}\n${content}`;
    return `commit refs/heads/main\nauthor ${who}\ncommitter ${who}\ndata 5\nStep\n${from}${change}`;
  });
  gitIn(repository.path, ["fast-import", "--quiet", "--force"], { input: steps.join("") });
  const source = gitops(repository.path);
  const whole = await pullOnce(gitopsDriver, source);
  const broken = createPullDouble({ dieAtSave: 2 });
  await expect(gitopsDriver.pull(source, broken.context)).rejects.toThrow(Died);
  repository.commit("2025-05-01", "Later", { "apps/production/web.yaml": "image_tag: later\n" });
  const resumed = await pullOnce(gitopsDriver, source, { after: broken });
  expect(evidenceOf(resumed)).toEqual(evidenceOf(whole));
  expect(resumed.outcome.tieOuts).toEqual(whole.outcome.tieOuts);
});

it("the test of the connection counts the commits, and an unknown branch is a fault", async () => {
  const { path } = makeVersions();
  const { context } = createPullDouble();
  const { notes } = await gitopsDriver.test(gitops(path), context);
  expect(notes[0]).toBe("5 commits on refs/heads/main change its files near the period.");
  await expect(gitopsDriver.test(gitops(path, { branch: "nope" }), context)).rejects.toMatchObject({
    code: "git-unknown-branch",
  });
});
