import type { Identity } from "./directory.ts";
import type { Seconds } from "./moments.ts";
import type { StoryChange } from "./story-schema.ts";

/** Name, address and time as a commit carries them. */
export interface CommitSignature {
  readonly name: string;
  readonly email: string;
  readonly at: Seconds;
  readonly zone: string;
}

export interface PlannedCommit {
  /** The demo's own name for the commit, before it has an id: `round-interest/1` on a branch, `round-interest` on arrival. */
  readonly key: string;
  readonly author: CommitSignature;
  readonly committer: CommitSignature;
  readonly message: string;
  /** When the host received it. */
  readonly pushedAt: Seconds;
}

export interface PlannedReview {
  readonly by: Identity;
  readonly state: "approved" | "changes-requested" | "commented" | "dismissed";
  readonly at: Seconds;
  /** Key of the commit that was the head then, or `lost` for one that a force-push replaced. */
  readonly on: string;
  readonly body: string;
  readonly dismissed: { readonly at: Seconds; readonly by: Identity } | null;
}

/** A pull request. */
export interface PlannedRequest {
  readonly number: number;
  readonly title: string;
  readonly branch: string;
  readonly opener: Identity;
  readonly openedAt: Seconds;
  readonly closedAt: Seconds | null;
  readonly updatedAt: Seconds;
  readonly mergedBy: Identity | null;
  readonly commits: readonly PlannedCommit[];
  readonly reviews: readonly PlannedReview[];
  /** Id of a head that was force-pushed away; null where nothing was. */
  readonly lostHead: string | null;
}

/** One entry of changes.yaml with everything that it left open decided. */
export interface PlannedChange {
  readonly story: StoryChange;
  readonly branch: string;
  readonly request: PlannedRequest | null;
  /** Commits of the branch, oldest first; none for a direct push. */
  readonly commits: readonly PlannedCommit[];
  /** The commit on the release branch; null for what never arrived. */
  readonly arrival: PlannedCommit | null;
}

/** In order of `story.at`. */
export type PlannedHistory = readonly PlannedChange[];

/** The last commit of a request. */
export function headOf(request: PlannedRequest): PlannedCommit {
  const head = request.commits.at(-1);
  if (!head) throw new Error(`Request ${request.number} of the demo story has no commit.`);
  return head;
}
