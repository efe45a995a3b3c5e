import type { Change } from "../model/change.ts";
import type { EvidenceUse } from "../model/evidence.ts";
import type { PersonRef } from "../model/person.ts";
import type { PlacedEntry } from "./brought-index.ts";
import { compareContent } from "./content-comparison.ts";
import type { LineEntry } from "./release-line.ts";
import type { RepositoryContext } from "./repository-context.ts";

/** Steps of a branch that was merged whole, and which of them the host names as a request's merge. */
export interface Through {
  readonly steps: readonly PlacedEntry[];
  readonly requests: readonly number[];
}

/**
 * Follows the branch that a merge brought, along first parents as the release branch itself is followed: where requests
 * had been merged into it, each of them had its own review.
 */
export function findThrough(context: RepositoryContext, entry: LineEntry): Through {
  const brought = new Map(entry.brought.map((commit) => [commit.id, commit]));
  const line = [];
  for (let at = brought.get(entry.commit.parents[1] ?? ""); at && line.length < brought.size; ) {
    line.push(at);
    at = brought.get(at.parents[0] ?? "");
  }
  const reached = new Set([entry.commit.id]);
  const steps = line.toReversed().map((commit): PlacedEntry => {
    const own = [];
    const pending = [commit.id];
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
      const found = brought.get(id);
      if (!found || reached.has(id)) continue;
      reached.add(id);
      own.push(found);
      pending.push(...found.parents);
    }
    return { context, entry: { commit, position: entry.position, brought: own, restsOn: [], whole: entry.whole } };
  });
  const requests = steps.map((step) => {
    const match = context.requests.matchOf(step.entry.commit.id);
    return match?.via === "host" ? match.request.number : 0;
  });
  return requests.some((number) => number > 0) ? { steps, requests } : { steps: [], requests: [] };
}

/** @param approversOf who approved a step in a way that counts */
export function viewThrough(
  { steps, requests }: Through,
  approversOf: (place: PlacedEntry) => readonly PersonRef[],
): Pick<Change, "through" | "allThrough"> {
  const through = steps.flatMap((step, index) => {
    const number = requests[index] ?? 0;
    const approvers = isMechanical(step) ? [...approversOf(step)] : [];
    return number === 0 ? [] : [{ number, commit: step.entry.commit.id, approvers }];
  });
  return { through, allThrough: through.length > 0 && requests.every((number) => number > 0) };
}

/** A step with one parent is what its request's approval was compared with elsewhere; a merge must hold nothing of its own. */
function isMechanical({ context, entry }: PlacedEntry): boolean {
  return compareContent(context, entry, context.requests.matchOf(entry.commit.id)).outcome === "mechanical";
}

export function throughUses(
  { steps }: Through,
  approvalUses: (place: PlacedEntry) => readonly EvidenceUse[],
): EvidenceUse[] {
  return steps.flatMap(approvalUses);
}
