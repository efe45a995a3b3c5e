import { z } from "zod";
import { type Fault, faultOf } from "../../../../shared/errors.ts";
import { GithubPart } from "../../../../shared/model/code-host-source.ts";
import type { SourceOf } from "../../../../shared/model/source.ts";
import type { AuditWindow } from "../../audit-window.ts";
import { type WantedBranches, wantedBranches } from "../../wanted-branches.ts";
import type { Asking } from "../walk/asking.ts";
import type { HostList, HostPlan, Stage } from "../walk/host-plan.ts";
import { numberedPages, oneRow, single } from "../walk/pages.ts";
import { isInWindow, parseRow, Time } from "../walk/row.ts";

/** What is asked of GitHub besides requests, reviews, commits and workflow runs; a source can leave parts out. */
export function partsOf({ include }: SourceOf<"github">): ReadonlySet<GithubPart> {
  return new Set(include ?? GithubPart.options);
}

const Count = z.number().int().nonnegative();
const Heads = z.object({
  head: z.object({ sha: z.string() }),
  merge_commit_sha: z.string().nullish(),
  comments: Count.optional(),
  review_comments: Count.optional(),
});

/** What hangs on one request: its timeline, its comments, and the checks of its last and its merge commit. */
export async function askRequestParts(
  source: SourceOf<"github">,
  repository: string,
  number: number,
  request: unknown,
  ask: Asking,
): Promise<void> {
  const parts = partsOf(source);
  if (parts.size === 0) return;
  const { head, merge_commit_sha: merge, ...counted } = parseRow(Heads, request, "a pull request");
  const all = (name: string, list: HostList, declared: number | null = null) =>
    ask.ifReadable(name, () => ask.all(name, list, declared));
  if (parts.has("events")) {
    await all("timeline events", numberedPages(`${repository}/issues/${number}/timeline`, "github.timeline"));
  }
  if (parts.has("comments")) {
    const discussion = numberedPages(`${repository}/issues/${number}/comments`, "github.issue-comments");
    await all("comments", discussion, counted.comments);
    const onCode = numberedPages(`${repository}/pulls/${number}/comments`, "github.review-comments");
    await all("comments on code", onCode, counted.review_comments);
  }
  if (!parts.has("checks")) return;
  for (const commit of new Set([head.sha, merge ?? head.sha])) {
    const path = `${repository}/commits/${commit}/check-runs`;
    await all("check runs", numberedPages(path, "github.check-runs", { filter: "all" }, "check_runs"));
  }
}

/** What is asked once for the repository, after everything else. */
export function stagesOf(source: SourceOf<"github">, repository: string, window: AuditWindow): Stage[] {
  const parts = partsOf(source);
  return [
    ...(parts.has("protection") ? protectionOf(repository, source.releaseBranch) : []),
    ...(parts.has("analysis") ? [alertStage(repository, source.releaseBranch)] : []),
    ...(parts.has("deployments") ? [deploymentStage(repository, window)] : []),
    ...(parts.has("analysis") ? [analysisStage(repository, source.releaseBranch, window)] : []),
  ];
}

export const partCoverage: readonly (HostPlan["covers"][number] & { readonly part: GithubPart })[] = [
  { part: "events", kind: "events", by: ["timeline events"] },
  { part: "comments", kind: "comments", by: ["comments", "comments on code"] },
  {
    part: "protection",
    kind: "protection",
    by: ["branch protection", "branch rules", "release branches"],
    snapshot: true,
  },
  // Alerts alone do not tell that anything was looked at, nor analyses alone what was found.
  {
    part: "analysis",
    kind: "analysis",
    by: [
      "code-scanning alerts",
      "branches with code-scanning alerts",
      "code-scanning analyses",
      "branches with code-scanning analyses",
    ],
  },
  { part: "deployments", kind: "deployments", by: ["deployments", "deployment statuses"] },
  { part: "deployments", kind: "gates", by: ["deployments", "approvals of workflow runs"] },
];

function protectionOf(repository: string, releaseBranch: string): Stage[] {
  const branches = wantedBranches(releaseBranch);
  return branches.only === null
    ? [protectionByPattern(repository, branches)]
    : protectionStages(repository, branches.only);
}

const Branch = z.object({ name: z.string() });

/** What is asked about every branch that there is and that fits. One that was removed has nothing any more. */
function stageOfBranches(
  repository: string,
  branches: WantedBranches,
  stage: Pick<Stage, "name"> & { readonly details: NonNullable<Stage["details"]> },
): Stage {
  const nameOf = (element: unknown) => parseRow(Branch, element, "branches").name;
  return {
    ...stage,
    list: numberedPages(`${repository}/branches`, "github.other"),
    keys: "text",
    key: nameOf,
    isWanted: (element) => branches.fits(nameOf(element)),
    mayBeRefused: true,
  };
}

function protectionByPattern(repository: string, branches: WantedBranches): Stage {
  return stageOfBranches(repository, branches, {
    name: "release branches",
    async details(branch, ask) {
      const named = encodeURIComponent(branch);
      const settings = `${repository}/branches/${named}`;
      await ask.one(settings, "github.branch");
      await ask.ifReadable("branch protection", async () => {
        try {
          await ask.one(`${settings}/protection`, "github.branch-protection");
        } catch (thrown) {
          if (!isUnprotected(faultOf(thrown))) throw thrown;
        }
      });
      const rules = numberedPages(`${repository}/rules/branches/${named}`, "github.branch-rules");
      await ask.ifReadable("branch rules", () => ask.all("branch rules", rules));
    },
  });
}

/** GitHub's own words; where the token may not see the settings, it says "Not Found" instead. */
function isUnprotected({ message }: Fault): boolean {
  return /Branch not protected/i.test(message);
}

/**
 * The release branch's protection in both forms. Only an administrator may read the classic one; anybody may read
 * whether a branch is protected at all. What may not be read is told as not readable, never as not there.
 */
function protectionStages(repository: string, branch: string): Stage[] {
  const named = encodeURIComponent(branch);
  const settings = { keys: "text", mayBeRefused: true } as const;
  let rules = 0;
  return [
    {
      ...settings,
      name: "release branch",
      list: oneRow(`${repository}/branches/${named}`, "github.branch"),
      key: () => branch,
    },
    {
      ...settings,
      name: "branch protection",
      list: oneRow(`${repository}/branches/${named}/protection`, "github.branch-protection"),
      key: () => branch,
      isAbsent: isUnprotected,
    },
    {
      ...settings,
      name: "branch rules",
      list: numberedPages(`${repository}/rules/branches/${named}`, "github.branch-rules"),
      key: () => String(++rules),
    },
  ];
}

const Alert = z.object({ number: z.number().int().positive() });

/** Without the name of a branch GitHub lists the alerts of the default branch alone, whatever branch is released. */
function alertsOf(repository: string, branch: string): HostList {
  const query = { ref: `refs/heads/${branch}`, sort: "created", direction: "asc" };
  return numberedPages(`${repository}/code-scanning/alerts`, "github.alerts", query);
}

function alertStage(repository: string, releaseBranch: string): Stage {
  const branches = wantedBranches(releaseBranch);
  if (branches.only === null) {
    return stageOfBranches(repository, branches, {
      name: "branches with code-scanning alerts",
      async details(branch, ask) {
        const alerts = alertsOf(repository, branch);
        await ask.ifReadable("code-scanning alerts", () => ask.all("code-scanning alerts", alerts));
      },
    });
  }
  return {
    name: "code-scanning alerts",
    list: alertsOf(repository, branches.only),
    keys: "number",
    key: (row) => String(parseRow(Alert, row, "code-scanning alerts").number),
    mayBeRefused: true,
  };
}

const Analysis = z.object({ id: z.number().int().positive(), created_at: Time });

/** Analyses of one branch, newest first, up to the page that has passed the window: GitHub knows no filter by time. */
function analysesOf(repository: string, branch: string, window: AuditWindow): HostList {
  const query = { ref: `refs/heads/${branch}`, sort: "created", direction: "desc" };
  const list = numberedPages(`${repository}/code-scanning/analyses`, "github.analyses", query);
  const isPast = (row: unknown) => parseRow(Analysis, row, "code-scanning analyses").created_at < window.from;
  return {
    ...list,
    next(answer, asked, rows) {
      const page = list.rows(answer);
      return page.length > 0 && page.every(isPast) ? null : list.next(answer, asked, rows);
    },
  };
}

function analysisStage(repository: string, releaseBranch: string, window: AuditWindow): Stage {
  const branches = wantedBranches(releaseBranch);
  if (branches.only === null) {
    return stageOfBranches(repository, branches, {
      name: "branches with code-scanning analyses",
      async details(branch, ask) {
        const analyses = analysesOf(repository, branch, window);
        await ask.ifReadable("code-scanning analyses", () => ask.all("code-scanning analyses", analyses));
      },
    });
  }
  return {
    name: "code-scanning analyses",
    list: analysesOf(repository, branches.only, window),
    keys: "text",
    key: (row) => String(parseRow(Analysis, row, "code-scanning analyses").id),
    isWanted: (row) => isInWindow(window, parseRow(Analysis, row, "code-scanning analyses").created_at),
    mayBeRefused: true,
  };
}

const Deployment = z.object({ id: z.number().int().positive(), created_at: Time });
const Status = z.object({ log_url: z.string().nullish(), target_url: z.string().nullish() });

/** Deployments come newest first and know no filter by time, so the list is read until it has passed the window. */
function deploymentStage(repository: string, window: AuditWindow): Stage {
  const row = (element: unknown) => parseRow(Deployment, element, "deployments");
  return {
    name: "deployments",
    list: numberedPages(`${repository}/deployments`, "github.deployments"),
    keys: "text",
    key: (element) => String(row(element).id),
    isWanted: (element) => isInWindow(window, row(element).created_at),
    isPast: (rows) => rows.length > 0 && rows.every((element) => row(element).created_at < window.from),
    mayBeRefused: true,
    async details(id, ask) {
      let runs = new Set<string>();
      await ask.ifReadable("deployment statuses", async () => {
        const list = numberedPages(`${repository}/deployments/${id}/statuses`, "github.deployment-statuses");
        runs = runsIn(await ask.all("deployment statuses", list));
      });
      for (const run of runs) {
        const approvals = single(`${repository}/actions/runs/${run}/approvals`, "github.run-approvals");
        await ask.ifReadable("approvals of workflow runs", () => ask.all("approvals of workflow runs", approvals));
      }
    },
  };
}

/** The workflow runs that reported a deployment's statuses: who let them into the environment is asked of the run. */
function runsIn(statuses: readonly unknown[]): Set<string> {
  const addresses = statuses.map((status) => {
    const { log_url: log, target_url: target } = parseRow(Status, status, "deployment statuses");
    return log || target || "";
  });
  return new Set(addresses.flatMap((address) => /\/actions\/runs\/(\d+)/.exec(address)?.[1] ?? []));
}
