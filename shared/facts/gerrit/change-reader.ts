import type { Fact } from "../../model/facts.ts";
import { type HostElementReader, shaped } from "../code-host/host-pages.ts";
import { type ChangePlace, ChangeShape, type GerritChange } from "./gerrit-shapes.ts";
import { reviewsOf } from "./vote-reader.ts";

/**
 * One change with its patch sets and messages. A list page names neither; then the change alone is read.
 *
 * Gerrit may write the submitted commit itself, as one more patch set that nobody reviewed. So the head is the last
 * patch set that was there before the submit, and the merge is the one that stands at the end. Where Gerrit makes a merge
 * commit, that names no change and no change names it: it is found by its parents (request-index.ts).
 */
export const changeReader: HostElementReader = ({ repository }) =>
  shaped(ChangeShape, (change, _element, origin): readonly Fact[] | { reason: string } => {
    const place = { origin, repository, request: change._number };
    const patchSets = patchSetsOf(change);
    const head =
      [...patchSets].reverse().find(({ created }) => created < (change.submitted ?? "9")) ?? patchSets.at(-1);
    // A list page names no commit: the change by itself, which the same pull has, says everything.
    if (head === undefined) return [];
    const merged = change.status === "MERGED";
    const request: Fact = {
      kind: "change-request",
      origin,
      repository,
      system: "gerrit",
      number: change._number,
      title: change.subject,
      url: "",
      author: change.owner.login,
      authorType: change.owner.type,
      sourceBranch: change.topic,
      targetBranch: change.branch,
      headCommit: head.commitId,
      state: merged ? "merged" : change.status === "NEW" ? "open" : "closed",
      createdAt: change.created,
      mergedAt: change.submitted ?? null,
      mergeCommit: merged ? (change.current_revision ?? null) : null,
      mergedBy: change.submitter.login,
      commits: 1,
    };
    const commit = head.commit;
    const commits: Fact[] =
      commit === undefined
        ? []
        : [
            {
              kind: "request-commit",
              ...place,
              commit: head.commitId,
              authorLogin: "",
              authorEmail: commit.author.email,
              authorName: commit.author.name,
              message: commit.message,
            },
          ];
    const labels = change.hashtags ?? [];
    const details: Fact[] = labels.length === 0 ? [] : [{ kind: "request-details", ...place, labels, size: null }];
    return [
      request,
      ...details,
      ...commits,
      ...pushesOf(place, patchSets),
      ...mergeOf(place, change),
      ...reviewsOf(place, change, head._number),
    ];
  });

function patchSetsOf({ revisions }: GerritChange) {
  return Object.entries(revisions)
    .map(([commitId, revision]) => ({ commitId, ...revision }))
    .sort((one, other) => one._number - other._number);
}

function pushesOf(place: ChangePlace, patchSets: ReturnType<typeof patchSetsOf>): Fact[] {
  return patchSets.map(
    (patchSet, index): Fact => ({
      kind: "request-event",
      ...place,
      id: `patch set ${patchSet._number}`,
      event: "pushed",
      word: patchSet.kind,
      at: patchSet.created,
      by: patchSet.uploader.login,
      commit: patchSet.commitId,
      previousCommit: patchSets[index - 1]?.commitId ?? "",
      text: patchSet.description,
    }),
  );
}

function mergeOf(
  place: ChangePlace,
  { status, submitted, submitter, current_revision: commit = "" }: GerritChange,
): Fact[] {
  if (status !== "MERGED" || submitted === undefined) return [];
  const by = submitter.login;
  const base = { kind: "request-event", ...place, id: "submitted", event: "merged", word: "submitted" } as const;
  return [{ ...base, at: submitted, by, commit, previousCommit: "", text: "" }];
}
