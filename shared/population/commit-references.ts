/** What a commit's message says about other commits. A message proves nothing; it tells where to look. */
export interface CommitReferences {
  /** Full ids of the commits that it takes back, as `git revert` and Gerrit write them. */
  readonly reverts: readonly string[];
  /** Numbers of the requests that it takes back, as the revert buttons of GitHub and GitLab write them. */
  readonly revertsRequests: readonly number[];
  /** Full ids of the commits that it was picked from, as `git cherry-pick -x` writes them. */
  readonly pickedFrom: readonly string[];
}

const id = "([0-9a-f]{40}(?:[0-9a-f]{24})?)";
// Only at the start of a line: a quoted message inside a sentence says nothing about this commit.
const reverts = new RegExp(`^This reverts commit ${id}\\b`, "gm");
const pickedFrom = new RegExp(`^\\(cherry picked from commit ${id}\\)$`, "gm");
const revertsRequest =
  /^(?:Reverts (?:[\w.-]+\/[\w.-]+)?#|This reverts merge request (?:[\w./-]+)?!)([1-9]\d{0,8})\b/gm;

/** @param messages of the commits that one change brought */
export function readReferences(messages: readonly string[]): CommitReferences {
  const find = (pattern: RegExp) => [
    ...new Set(messages.flatMap((message) => [...message.matchAll(pattern)].map(([, found = ""]) => found))),
  ];
  return { reverts: find(reverts), revertsRequests: find(revertsRequest).map(Number), pickedFrom: find(pickedFrom) };
}
