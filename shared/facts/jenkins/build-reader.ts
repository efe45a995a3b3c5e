import type { Build, BuildConclusion } from "../../model/build-facts.ts";
import { instantOf, millisecondsOf } from "../../model/instant.ts";
import { type ElementReader, parseShape, type Unreadable } from "../json-evidence.ts";
import { BuildShape, type Cause, type Checkout, causesOf, checkoutsOf } from "./jenkins-shapes.ts";

export interface JenkinsScope {
  readonly repository: string;
  /** Full name of the job, its folders in front; empty where only the build itself names it. */
  readonly job: string;
  /** End of the clone address that counts, where a build checks out several repositories; empty: not said. */
  readonly remote: string;
}

/** One build of a Jenkins job. Times are Jenkins' own. */
export function buildReader(scope: JenkinsScope): ElementReader {
  return (element, origin) => {
    const parsed = parseShape(BuildShape, element);
    if ("reason" in parsed) return parsed;
    const build = parsed.data;
    const checkout = checkoutThatCounts(checkoutsOf(build), scope.remote);
    if ("reason" in checkout) return checkout;
    const job = scope.job || jobIn(build.url) || nameIn(build.fullDisplayName);
    const completed = build.building !== true && build.result !== "";
    const causes = causesOf(build);
    const fact: Build = {
      kind: "build",
      origin,
      repository: scope.repository,
      id: `${job}#${build.number}`,
      workflow: job,
      event: eventOf(causes),
      branch: branchOf(checkout),
      commit: checkout.lastBuiltRevision.SHA1,
      attempt: 1,
      completed,
      // A build that still runs shows the best result that it can still have.
      conclusion: completed ? conclusionOf(build.result) : "unknown",
      startedAt: build.timestamp,
      finishedAt: completed ? endOf(build) : null,
      actor: causes.find(({ userId }) => userId !== "")?.userId ?? "",
      url: build.url,
    };
    return [fact];
  };
}

function endOf({ timestamp, duration }: BuildShape): string | null {
  return duration === undefined ? null : instantOf(millisecondsOf(timestamp) + Math.floor(duration));
}

/**
 * A build that loads shared libraries checks out several repositories. Which of them is the audited one is not guessed:
 * it is the only one, or all are at the same commit, or the source names it.
 */
function checkoutThatCounts(checkouts: readonly Checkout[], remote: string): Checkout | Unreadable {
  const wanted = remote === "" ? checkouts : checkouts.filter(({ remoteUrls }) => remoteUrls.some(isAt(remote)));
  const [first] = wanted;
  if (first === undefined) {
    return {
      reason: checkouts.length === 0 ? "it names no commit that it built" : `it checked out nothing from ${remote}`,
    };
  }
  const commits = new Set(wanted.map(({ lastBuiltRevision }) => lastBuiltRevision.SHA1));
  if (commits.size === 1) return first;
  return { reason: `it checked out ${commits.size} commits, and nothing says which of them it built` };
}

function isAt(remote: string): (url: string) => boolean {
  const bare = (url: string) =>
    url
      .toLowerCase()
      .replace(/\/+$/, "")
      .replace(/\.git$/, "");
  return (url) => bare(url).endsWith(bare(remote));
}

function branchOf({ lastBuiltRevision: { branch } }: Checkout): string {
  const [first] = branch;
  // `detached` is how the plugin names a commit that it checked out without a branch.
  if (first === undefined || first.name === "detached") return "";
  return first.name.replace(/^refs\/(remotes\/[^/]+|heads)\//, "").replace(/^origin\//, "");
}

/** Beside these, the cause that says who did it says less. */
const eventsByCause: readonly (readonly [RegExp, string])[] = [
  [/ReplayCause$/, "replay"],
  [/RestartDeclarativePipelineCause$/, "restart"],
  [/\$UserIdCause$/, "user"],
  [/\$UpstreamCause$|BuildUpstreamCause$/, "upstream"],
  [/TimerTriggerCause$/, "schedule"],
  [/SCMTriggerCause$|BranchIndexingCause$|BranchEventCause$|PushCause$/i, "push"],
  [/\$RemoteCause$/, "remote"],
];

function eventOf(causes: readonly Cause[]): string {
  const known = eventsByCause.find(([pattern]) => causes.some(({ _class }) => pattern.test(_class)));
  if (known !== undefined) return known[1];
  return causes[0]?.shortDescription ?? "";
}

const conclusions = new Map<string, BuildConclusion>([
  ["SUCCESS", "success"],
  ["FAILURE", "failure"],
  ["FAILED", "failure"],
  // Built, but tests failed.
  ["UNSTABLE", "failure"],
  ["ABORTED", "cancelled"],
  ["NOT_BUILT", "skipped"],
  ["NOT_BUILD", "skipped"],
  ["NOT_EXECUTED", "skipped"],
]);

/** Of a result of a build, or of a status of a stage. */
export function conclusionOf(result: string): BuildConclusion {
  return conclusions.get(result) ?? "unknown";
}

/** Full name of the job in an address of Jenkins: `…/job/team/job/ledger/12/` is `team/ledger`. */
export function jobIn(address: string): string {
  const path = address.replace(/[?#].*$/, "");
  const names = [...path.matchAll(/\/job\/([^/]+)/g)].map(([, name = ""]) => decoded(name));
  return names.join("/");
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** "team » ledger #12" → "team/ledger". */
function nameIn(displayName: string): string {
  return displayName
    .replace(/\s#\d+.*$/, "")
    .split(" » ")
    .join("/");
}
