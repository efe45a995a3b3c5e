import { hash } from "node:crypto";
import type { Change } from "../../shared/model/change.ts";
import { instantOf } from "../../shared/model/instant.ts";
import type { PersonRef } from "../../shared/model/person.ts";
import { bareTicket, bareTrail, usualCoverage } from "./item-parts.ts";

const start = Date.parse("2026-01-01T00:00:00Z");

const person = (id: string): PersonRef => ({ id, name: id, known: true, bot: false, account: id, roles: [] });
const idOf = (kind: string, number: number) => hash("sha1", `${kind} ${number}`, "hex");

/**
 * A change of the usual size with every kind of evidence pulled, so that no rule stops early. Every tenth lacks its approval,
 * and every twentieth its tests.
 */
export function makeChange(number: number): Change {
  const commit = idOf("commit", number);
  const head = idOf("head", number);
  const at = (minutes: number) => instantOf(start + (number * 10 + minutes) * 60_000);
  const author = person(`author-${number % 40}`);
  const reviewer = (index: number) => person(`reviewer-${(number + index) % 25}`);
  const untimed = { startedAt: "", finishedAt: "" };
  const job = {
    ...untimed,
    name: "test",
    completed: true,
    conclusion: number % 20 === 0 ? "failure" : "success",
  } as const;
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
      approvedHeads: [head],
      retargetedAt: "",
      createdAt: at(0),
      mergedAt: at(8),
      labels: [],
      url: "",
    },
    mergesHead: true,
    reviews: ["commented", number % 10 === 0 ? "commented" : "approved"].map((state, index) => ({
      id: `${number}-${index}`,
      by: reviewer(index),
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
        reporter: author,
        createdAt: at(-9),
        resolvedAt: at(9),
        history: ["In progress", "In review", "Done"].map((to, index) => ({
          at: at(index * 4),
          by: author,
          field: "status",
          from: "",
          to,
        })),
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
        jobs: [job, { ...untimed, name: "lint", completed: true, conclusion: "success" }],
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
    paths: [`src/pay/${number % 90}.ts`, `test/pay/${number % 90}.test.ts`, "docs/pay.md"].map((path) => ({
      path,
      status: "M",
      owners: ["@bench/pay"],
    })),
    pathsKnown: true,
    size: { known: true, added: (number * 37) % 400, removed: 12, files: 3 },
    content: { outcome: "mechanical", paths: [] },
    comments: [{ by: reviewer(0), at: at(2), path: "docs/pay.md", text: "Say why.", resolved: "yes" }],
    analyses: [{ tool: "scan", sort: "security", commit, at: at(9), succeeded: true, findings: 0 }],
    coverage: Object.fromEntries(Object.keys(usualCoverage).map((kind) => [kind, true])) as Change["coverage"],
    evidence: [{ evidence: hash("sha256", commit, "hex"), place: "", as: "commit" }],
  };
}
