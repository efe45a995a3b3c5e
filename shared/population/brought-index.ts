import type { LineEntry } from "./release-line.ts";
import type { RepositoryContext } from "./repository-context.ts";

/** A change of one of a repository's release lines. */
export interface PlacedEntry {
  readonly context: RepositoryContext;
  readonly entry: LineEntry;
}

/** Which change of a repository, on whatever of its lines, brought a commit. */
export interface BroughtIndex {
  broughtWith(commit: string): PlacedEntry | undefined;
  /** Commits on some line, or brought to it, whose patch this is. */
  commitsWithPatch(patch: string): readonly string[];
}

/** @param contexts all lines of one repository; they are looked at when something is first asked for, since most changes name no other */
export function indexBrought(contexts: () => readonly RepositoryContext[]): BroughtIndex {
  let places: Map<string, PlacedEntry> | undefined;
  let byPatch: Map<string, string[]> | undefined;
  const broughtWith = (commit: string) => {
    places ??= placeAll(contexts());
    return places.get(commit);
  };
  return {
    broughtWith,
    commitsWithPatch(patch) {
      byPatch ??= groupByPatch(contexts()[0]);
      // By id, so that the order of receipt does not matter.
      return (byPatch.get(patch) ?? []).filter((commit) => broughtWith(commit) !== undefined).sort();
    },
  };
}

function placeAll(contexts: readonly RepositoryContext[]): Map<string, PlacedEntry> {
  const places = new Map<string, PlacedEntry>();
  for (const context of contexts) {
    for (const entry of context.line.entries) {
      if (!context.owns(entry.commit.id)) continue;
      for (const { id } of entry.brought) if (!places.has(id)) places.set(id, { context, entry });
    }
  }
  return places;
}

function groupByPatch(context: RepositoryContext | undefined): Map<string, string[]> {
  const byPatch = new Map<string, string[]>();
  for (const { commit, patch } of context?.trail.patches.values() ?? []) {
    const same = byPatch.get(patch);
    if (same) same.push(commit);
    else byPatch.set(patch, [commit]);
  }
  return byPatch;
}
