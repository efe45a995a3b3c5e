import type { Fact } from "../../model/facts.ts";
import type { ElementReader } from "../json-evidence.ts";
import { parseShape } from "../json-evidence.ts";
import { PullShape } from "./github-shapes.ts";

/** One pull request, from a list page or by itself; only by itself it says who merged it and how many commits it has. */
export function pullReader(repository: string): ElementReader {
  return (element, origin) => {
    const parsed = parseShape(PullShape, element);
    if ("reason" in parsed) return parsed;
    const pull = parsed.data;
    const merged = pull.merged_at !== null;
    const { additions, deletions, changed_files: files } = pull;
    // Only by itself a request tells how large it is.
    const size =
      additions === undefined || deletions === undefined || files === undefined
        ? null
        : { added: additions, removed: deletions, files };
    const labels = (pull.labels ?? []).map(({ name }) => name);
    const details: Fact[] =
      size === null && pull.labels === undefined
        ? []
        : [{ kind: "request-details", origin, repository, request: pull.number, labels, size }];
    return [
      {
        kind: "change-request",
        origin,
        repository,
        system: "github",
        number: pull.number,
        title: pull.title,
        url: pull.html_url,
        author: pull.user.login,
        authorType: pull.user.type,
        sourceBranch: pull.head.ref,
        targetBranch: pull.base.ref,
        headCommit: pull.head.sha,
        state: merged ? "merged" : pull.state,
        createdAt: pull.created_at,
        mergedAt: pull.merged_at,
        // Before the merge, and for ever after a close without one, GitHub names a trial merge here that is on no branch.
        mergeCommit: merged ? pull.merge_commit_sha : null,
        mergedBy: pull.merged_by.login,
        commits: pull.commits ?? null,
      },
      ...details,
    ];
  };
}
