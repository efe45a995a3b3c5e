import type { Period } from "../model/period.ts";
import { changeId, type Selection, selectPeriod } from "./period-selection.ts";
import type { RepositoryContext } from "./repository-context.ts";

/**
 * Which commits of each release line of a repository belong to the period, each on the line that counts it. A commit
 * that was dated back and lies between two of the period on any line belongs to it: a cut must not hide it.
 *
 * @param contexts all lines of one source
 * @returns a selection for each
 */
export function selectOnLines(contexts: readonly RepositoryContext[], period: Period): Selection[] {
  const selections = contexts.map(({ facts, line, requests }) => selectPeriod(facts, line, requests, period));
  const members = new Set(selections.flatMap((selection) => selection.members.map(({ commit }) => commit.id)));
  const remarks = new Map(selections.flatMap((selection) => selection.remarks.map((remark) => [remark.id, remark])));
  return contexts.map(({ facts, line, owns }, index) => {
    const own = line.entries.filter(({ commit }) => owns(commit.id));
    const idOf = ({ commit }: (typeof own)[number]) => changeId(facts.repository, commit.id);
    const outside = new Set(own.filter(({ commit }) => !members.has(commit.id)).map(idOf));
    return {
      members: own.filter(({ commit }) => members.has(commit.id)),
      exclusions: selections[index]?.exclusions.filter(({ id }) => outside.has(id)) ?? [],
      remarks: own.flatMap((entry) => remarks.get(idOf(entry)) ?? []),
    };
  });
}
