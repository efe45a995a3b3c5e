import type { RepositoryFacts } from "../facts/fact-set.ts";
import type { Instant } from "../model/instant.ts";
import { dayOf, isWithin, type Period } from "../model/period.ts";
import type { Exclusion, Remark } from "../model/population.ts";
import type { LineEntry, ReleaseLine } from "./release-line.ts";
import type { RequestIndex } from "./request-index.ts";

/** When a line entry arrived on the release branch, and whose clock says so. */
export interface Arrival {
  readonly at: Instant;
  readonly clock: "host" | "committer";
}

export interface Selection {
  readonly members: readonly LineEntry[];
  readonly exclusions: readonly Exclusion[];
  readonly remarks: readonly Remark[];
}

export function changeId(repository: string, commit: string): string {
  return `${repository}@${commit}`;
}

/** The host's merge time where it names this commit as a merge; else the committer's own time. */
export function readArrival(entry: LineEntry, requests: RequestIndex): Arrival {
  const match = requests.matchOf(entry.commit.id);
  if (match?.via === "host" && match.request.mergedAt !== null) return { at: match.request.mergedAt, clock: "host" };
  return { at: entry.commit.committer.at, clock: "committer" };
}

/**
 * Which commits of the release branch belong to the period. A committer's clock can be set at will, so a commit
 * that is dated outside but lies on the line between two that arrived inside belongs to the period all the same:
 * nobody leaves the population by dating a commit back.
 */
export function selectPeriod(
  facts: RepositoryFacts,
  line: ReleaseLine,
  requests: RequestIndex,
  period: Period,
): Selection {
  const arrivals = line.entries.map((entry) => readArrival(entry, requests));
  const inside = arrivals.map((arrival) => isWithin(period, arrival.at));
  const first = inside.indexOf(true);
  const last = inside.lastIndexOf(true);
  const members: LineEntry[] = [];
  const exclusions: Exclusion[] = [];
  const remarks: Remark[] = [];
  for (const [position, entry] of line.entries.entries()) {
    const arrival = arrivals[position] as Arrival;
    const id = changeId(facts.repository, entry.commit.id);
    const between = first !== -1 && position > first && position < last && arrival.clock === "committer";
    if (inside[position] || between) {
      members.push(entry);
      if (!inside[position]) remarks.push({ id, remark: describeBackDated(arrival, period) });
      continue;
    }
    const reason = describeOutside(arrival, period);
    exclusions.push({ id, at: arrival.at, title: titleOf(entry), reason });
  }
  return { members, exclusions, remarks };
}

export function titleOf(entry: LineEntry): string {
  return entry.commit.message.split("\n", 1)[0]?.trim() ?? "";
}

function describeOutside(arrival: Arrival, period: Period): string {
  const side = arrival.at < period.start ? "before" : "after";
  const clock = arrival.clock === "host" ? "by the host's clock" : "by its committer's clock";
  return `Arrived on ${dayOf(arrival.at, period.timeZone)}, ${side} the period, ${clock}.`;
}

function describeBackDated(arrival: Arrival, period: Period): string {
  const day = dayOf(arrival.at, period.timeZone);
  return `Its committer dated it ${day}, outside the period, but it lies on the release branch between commits of the period.`;
}
