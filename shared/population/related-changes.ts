import type { Change } from "../model/change.ts";
import type { EvidenceUse } from "../model/evidence.ts";
import type { Commit, PatchId } from "../model/git-facts.ts";
import type { PersonRef } from "../model/person.ts";
import type { ContentView, RelatedChangeView } from "../model/trail-view.ts";
import type { PlacedEntry } from "./brought-index.ts";
import { readReferences } from "./commit-references.ts";
import { citeAs } from "./evidence-uses.ts";
import { changeId } from "./period-selection.ts";
import type { LineEntry } from "./release-line.ts";
import type { RepositoryContext } from "./repository-context.ts";

/** A commit that a change takes back or repeats, and how that is known. */
export interface Relation {
  readonly commit: string;
  readonly place: PlacedEntry | undefined;
  readonly basis: RelatedChangeView["basis"];
  readonly exact: boolean;
  /** Patches that were compared. */
  readonly patches: readonly PatchId[];
}

export interface Relations {
  readonly reverts: readonly Relation[];
  readonly repeats: readonly Relation[];
}

/**
 * What a change takes back or repeats: what its messages name, and commits of earlier changes with the same patch.
 * @param content how the change compares with its approved head: a merge that smuggles something in repeats nothing exactly
 */
export function findRelations(context: RepositoryContext, entry: LineEntry, content: ContentView): Relations {
  const { trail, brought, requests } = context;
  const named = readReferences(entry.brought.map(({ message }) => message));
  const ofRequests = named.revertsRequests.flatMap((number) => requests.mergeOf(number) ?? []);
  const reverts = [...new Set([...named.reverts, ...ofRequests])];
  const own = contentCommits(entry, content);
  const isOwn = (commit: string) => entry.brought.some(({ id }) => id === commit);
  const namedPatches = new Set(named.pickedFrom.flatMap((commit) => trail.patchOf(commit)?.patch ?? []));
  const samePatch = own.flatMap(({ id }) => {
    const patch = trail.patchOf(id);
    // Where its message names one of several with the same patch, that is the one that it repeats.
    const same = patch === undefined || namedPatches.has(patch.patch) ? [] : brought.commitsWithPatch(patch.patch);
    return same.filter((commit) => !isOwn(commit) && isEarlier(context, commit, entry));
  });
  const repeats = [...new Set([...named.pickedFrom, ...samePatch])];
  const patchOf = (commit: string) => trail.patchOf(commit);
  const relate = (commits: readonly string[], other: (commit: string) => PatchId | undefined): Relation[] => {
    const exact = own.length > 0 && own.every(({ id }) => hasPatchOf(patchOf(id), commits.map(other)));
    return commits.map((commit) => ({
      commit,
      place: brought.broughtWith(commit),
      basis: named.pickedFrom.includes(commit) || reverts.includes(commit) ? "message" : "patch",
      exact,
      patches: [other(commit), ...own.map(({ id }) => patchOf(id))].filter((patch) => patch !== undefined),
    }));
  };
  return {
    reverts: relate(reverts, (commit) => trail.oppositeOf(commit)),
    repeats: relate(repeats, patchOf),
  };
}

/** The commits whose patches are all that a change brings; none where a merge among them could bring something else. */
function contentCommits(entry: LineEntry, { outcome }: ContentView): readonly Commit[] {
  if (entry.commit.parents.length < 2) return [entry.commit];
  const beside = entry.brought.filter((commit) => commit !== entry.commit);
  return outcome === "mechanical" && beside.every(({ parents }) => parents.length < 2) ? beside : [];
}

function hasPatchOf(own: PatchId | undefined, others: readonly (PatchId | undefined)[]): boolean {
  return own !== undefined && others.some((other) => other?.patch === own.patch);
}

/**
 * On one line the place says which came first. Across lines it is the committers' clocks, which a part of the evidence
 * tells as the whole does; whether the contents are the same does not hang on them.
 */
function isEarlier(context: RepositoryContext, commit: string, entry: LineEntry): boolean {
  const place = context.brought.broughtWith(commit);
  if (!place) return false;
  if (place.context === context) return place.entry.position < entry.position;
  return place.entry.commit.committer.at < entry.commit.committer.at;
}

/** @param approversOf who approved a change in a way that counts */
export function viewRelations(
  { reverts, repeats }: Relations,
  approversOf: (place: PlacedEntry) => readonly PersonRef[],
): Pick<Change, "reverts" | "repeats"> {
  const view = ({ commit, place, basis, exact }: Relation): RelatedChangeView => ({
    commit,
    change: place ? changeId(place.context.facts.repository, place.entry.commit.id) : "",
    basis,
    exact,
    approvers: place ? [...approversOf(place)] : [],
  });
  return { reverts: reverts.map(view), repeats: repeats.map(view) };
}

/** Evidence that the relations rest on: the compared patches, the other changes' commits, and what approved those. */
export function relationUses(
  { reverts, repeats }: Relations,
  approvalUses: (place: PlacedEntry) => readonly EvidenceUse[],
): EvidenceUse[] {
  return [...reverts, ...repeats].flatMap(({ place, patches }) => [
    ...patches.map(citeAs("commit")),
    ...(place ? [...place.entry.brought.map(citeAs("commit")), ...approvalUses(place)] : []),
  ]);
}
