import type { Change } from "../model/change.ts";
import type { DeploymentItem } from "../model/deployment-item.ts";
import type { Instant } from "../model/instant.ts";
import { dayOf } from "../model/period.ts";
import type { PopulationKind } from "../model/sample.ts";
import type { StratumKey } from "../model/stratum.ts";
import { compareBytes } from "../population/population-digest.ts";

/** Keys by which a population can be split. */
export const stratumKeysOf: Readonly<Record<PopulationKind, readonly StratumKey[]>> = {
  change: ["repository", "kind", "week", "month", "environment", "ticket-type", "path"],
  deployment: ["repository", "kind", "week", "month", "environment", "path", "rollback"],
};

/** Name of the stratum in which an item has nothing of what the key asks for. */
const none = "(none)";

/**
 * The stratum of an item: text without tabs and line breaks, never empty.
 * @param timeZone the engagement's, for weeks and months
 */
export function stratumOf(item: Change | DeploymentItem, key: StratumKey, timeZone: string): string {
  const name = nameOf(item, key, timeZone).replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
  return name.trim() === "" ? none : name;
}

function nameOf(item: Change | DeploymentItem, key: StratumKey, timeZone: string): string {
  const isDeployment = "revision" in item;
  switch (key) {
    case "repository":
      return item.repository;
    case "kind":
      return isDeployment ? item.place : item.kind;
    case "week":
      return weekOf(item.at, timeZone);
    case "month":
      return dayOf(item.at, timeZone).slice(0, 7);
    case "environment":
      return isDeployment ? item.environment : joinNames(item.releases.map(({ environment }) => environment));
    case "ticket-type":
      return isDeployment ? none : joinNames(item.tickets.map(({ type }) => type));
    case "path":
      if (isDeployment) return item.byPipeline ? "by the pipeline" : "by hand";
      return item.request.found ? "with a request" : "without a request";
    case "rollback":
      if (!isDeployment) return none;
      return item.rollback ? "rollback" : "forward";
  }
}

/** An item may have several: then their combination is a stratum, so that each item is in exactly one. */
function joinNames(names: readonly string[]): string {
  return [...new Set(names)].sort(compareBytes).join(" + ");
}

/** ISO 8601: weeks begin on Monday, and the year is that of their Thursday. */
function weekOf(at: Instant, timeZone: string): string {
  const thursday = new Date(`${dayOf(at, timeZone)}T00:00:00Z`);
  thursday.setUTCDate(thursday.getUTCDate() + 3 - ((thursday.getUTCDay() + 6) % 7));
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * 86_400_000)) + 1;
  return `${year}-W${String(week).padStart(2, "0")}`;
}
