import { isBranchPattern, isReleaseBranch } from "../../shared/model/branch-pattern.ts";

/** The release branches of a source, as a host can be asked for them. */
export interface WantedBranches {
  /**
   * The one branch that the host can be asked for by its name. Null where patterns are given: no host knows those, and a
   * branch that was removed after its release is in no list of branches, but in the requests and builds that it had. So
   * all are listed then, and those of other branches are left out here.
   */
  readonly only: string | null;
  /** For the IPE record: `main`, or `branches that fit "main release/*"`. */
  readonly words: string;
  /** @param name without `refs/heads/` in front, or with it */
  fits(name: string): boolean;
}

export function wantedBranches(releaseBranch: string): WantedBranches {
  const isPattern = isBranchPattern(releaseBranch);
  return {
    only: isPattern ? null : releaseBranch,
    words: isPattern ? `branches that fit "${releaseBranch}"` : releaseBranch,
    fits: (name) => isReleaseBranch(name.replace(/^refs\/heads\//, ""), releaseBranch),
  };
}
