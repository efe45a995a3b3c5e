/** Evaluating the six controls on 10,000 changes and their deployments, through the engine and the engagement file. */
import { hash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEngine } from "../../electron/engine/handlers.ts";
import { openEngagement } from "../../electron/store/engagement-file.ts";
import type { Change } from "../../shared/model/change.ts";
import type { DeploymentItem } from "../../shared/model/deployment-item.ts";
import { instantOf } from "../../shared/model/instant.ts";

import type { PersonRef } from "../../shared/model/person.ts";
import { digestPopulation } from "../../shared/population/population-digest.ts";
import { bareDeployment, bareTicket, bareTrail, usualCoverage } from "./item-parts.ts";
import { formatMs, ownPeakMemory, report } from "./measurement.ts";

const count = 10_000;
const start = Date.parse("2026-01-01T00:00:00Z");
const digest = (content: Uint8Array | string) => hash("sha256", content, "hex");

const person = (id: string): PersonRef => ({ id, name: id, known: true, bot: false, account: id, roles: [] });
const idOf = (kind: string, number: number) => hash("sha1", `${kind} ${number}`, "hex");

/** A change of the usual size; every tenth lacks its approval, and every twentieth its tests. */
function makeChange(number: number): Change {
  const commit = idOf("commit", number);
  const head = idOf("head", number);
  const at = (minutes: number) => instantOf(start + (number * 10 + minutes) * 60_000);
  const author = person(`author-${number % 40}`);
  const job = { name: "test", completed: true, conclusion: number % 20 === 0 ? "failure" : "success" } as const;
  return {
    id: `bench@${commit}`,
    repository: "bench",
    commit,
    kind: "merge",
    title: `PAY-${number} Change number ${number}`,
    at: at(8),
    clock: "host",
    claimedRequest: number + 1,
    commits: [commit, head, idOf("first", number)],
    authors: [author, person(`helper-${number % 7}`)],
    committer: person("host"),
    request: {
      found: true,
      via: "host",
      number: number + 1,
      title: `PAY-${number} Change number ${number}`,
      author,
      mergedBy: author,
      sourceBranch: `feature/PAY-${number}`,
      targetBranch: "main",
      headCommit: head,
      createdAt: at(0),
      mergedAt: at(8),
      labels: [],
      url: "",
    },
    mergesHead: true,
    reviews: ["commented", number % 10 === 0 ? "commented" : "approved"].map((state, index) => ({
      id: `${number}-${index}`,
      by: person(`reviewer-${(number + index) % 25}`),
      state: state as "approved" | "commented",
      at: at(2 + index),
      commit: head,
      mayApprove: true,
    })),
    ticketKeys: [`PAY-${number}`],
    tickets: [
      {
        key: `PAY-${number}`,
        type: "Story",
        summary: "Do it",
        status: "Done",
        ...bareTicket,
        createdAt: at(0),
        resolvedAt: at(9),
      },
    ],
    builds: [
      {
        id: String(number),
        workflow: "ci",
        commit,
        attempt: 1,
        completed: true,
        conclusion: job.conclusion,
        startedAt: at(8),
        finishedAt: at(9),
        jobs: [job, { name: "lint", completed: true, conclusion: "success" }],
      },
    ],
    releases: [
      {
        id: `dep-${number}`,
        environment: "production",
        at: at(9),
        by: person("operator"),
        byPipeline: true,
        revision: `v${number}`,
        commit,
        gates: [],
      },
    ],
    ...bareTrail,
    coverage: usualCoverage,
    evidence: [{ evidence: digest(commit), place: "", as: "commit" }],
  };
}

function makeDeployment(number: number): DeploymentItem {
  const commit = idOf("commit", number);
  return {
    id: `bench/production/dep-${number}`,
    repository: "bench",
    environment: "production",
    at: instantOf(start + number * 600_000),
    account: person("pipeline"),
    requestedBy: person("operator"),
    trigger: "pipeline",
    byPipeline: true,
    status: "success",
    revision: `v${number}`,
    revisionKind: "tag",
    place: number % 50 === 0 ? "other-branch" : "release-branch",
    commit,
    change: `bench@${commit}`,
    isMerge: true,
    rollback: false,
    newChanges: [`bench@${commit}`],
    ...bareDeployment,
    coverage: usualCoverage,
    evidence: [{ evidence: digest(commit), place: "", as: "deployment" }],
  };
}

const folder = mkdtempSync(join(tmpdir(), "tickmark-bench-"));
const engine = createEngine(() => {});
try {
  const path = join(folder, "bench.tickmark");
  const now = () => instantOf(Date.now());
  const details = {
    name: "Bench",
    entity: "Bench",
    auditor: "Bench",
    from: "2026-01-01",
    to: "2026-12-31",
    timeZone: "UTC",
  };
  await engine.call("engagement.create", { path, ...details });
  await engine.call("engagement.close", {});
  freezeMadeUp(path, now);
  await engine.call("engagement.open", { path });
  for (const population of ["change", "deployment"]) {
    await engine.call("sample.draw", { population, method: "everything", size: 0, seed: "", rationale: "All." });
  }
  const began = performance.now();
  await engine.call("evaluation.run", {});
  report({
    what: `${count.toLocaleString("en")} changes and as many deployments evaluated against the six controls`,
    ours: formatMs(performance.now() - began),
    peakMemoryBytes: ownPeakMemory(),
  });
} finally {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Freezes items that no evidence stands behind: here only the evaluation is measured. */
function freezeMadeUp(path: string, now: () => string): void {
  const store = openEngagement(path, { now });
  for (const [population, make] of [
    ["change", makeChange],
    ["deployment", makeDeployment],
  ] as const) {
    const items = Array.from({ length: count }, (_, number) => make(number));
    const ids = items.map(({ id }) => id);
    const freeze = {
      id: population,
      population,
      at: now(),
      by: "Bench",
      size: count,
      digest: digestPopulation(ids, digest),
    };
    store.saveFreeze(
      freeze,
      items.map((item) => ({ id: item.id, json: item, title: item.id, at: item.at, repository: "bench" })),
    );
  }
  store.close();
}
