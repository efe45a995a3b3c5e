/** What a commit's message says about other commits. A message proves nothing; it tells where to look. */
export interface CommitReferences {
  /** Full id of the commit that it takes back, as `git revert` and the hosts' revert buttons write it; else empty. */
  readonly reverts: string;
  /** Full id of the commit that it was picked from, as `git cherry-pick -x` writes it; else empty. */
  readonly pickedFrom: string;
}

export function readReferences(message: string): CommitReferences {
  return {
    reverts: /^This reverts commit ([0-9a-f]{40}(?:[0-9a-f]{24})?)\b/m.exec(message)?.[1] ?? "",
    pickedFrom: /^\(cherry picked from commit ([0-9a-f]{40}(?:[0-9a-f]{24})?)\)$/m.exec(message)?.[1] ?? "",
  };
}
