import type { Item, ItemOf } from "../model/item.ts";
import { dayOf } from "../model/period.ts";
import type { PopulationKind } from "../model/population-kind.ts";
import type { StratumKey } from "../model/stratum.ts";
import { weekOf } from "../population/occurrences.ts";
import { compareBytes } from "../population/population-digest.ts";

/** Keys by which a population can be split. Populations that are tested as a whole have none. */
export const stratumKeysOf: Readonly<Record<PopulationKind, readonly StratumKey[]>> = {
  "change": ["repository", "kind", "week", "month", "environment", "ticket-type", "path"],
  "deployment": ["repository", "kind", "week", "month", "environment", "path", "rollback"],
  "week": [],
  "quarter": [],
  "incident": ["week", "month", "ticket-type"],
  "access-event": ["kind", "week", "month"],
  "detected-change": ["kind", "week", "month"],
  "document": [],
  "review-pattern": [],
};

/** Name of the stratum in which an item has nothing of what the key asks for. */
const none = "(none)";

/**
 * The stratum of an item: text without tabs and line breaks, never empty.
 * @param timeZone the engagement's, for weeks and months
 */
export function stratumOf(population: PopulationKind, item: Item, key: StratumKey, timeZone: string): string {
  const at = "at" in item ? item.at : "";
  const raw =
    key === "week" && at !== ""
      ? weekOf(at, timeZone)
      : key === "month" && at !== ""
        ? dayOf(at, timeZone).slice(0, 7)
        : (nameOf[population] as (item: Item, key: StratumKey) => string)(item, key);
  const name = raw.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
  return name.trim() === "" ? none : name;
}

/** What an item has of the keys that ask for no date; empty for what its population cannot be split by. */
const nameOf: { readonly [K in PopulationKind]: (item: ItemOf<K>, key: StratumKey) => string } = {
  "change": nameOfChange,
  "deployment": nameOfDeployment,
  "week": () => "",
  "quarter": () => "",
  "incident": ({ ticket }, key) => (key === "ticket-type" ? ticket.type : ""),
  "access-event": ({ action }, key) => (key === "kind" ? action : ""),
  "detected-change": ({ what }, key) => (key === "kind" ? what : ""),
  "document": () => "",
  "review-pattern": () => "",
};

function nameOfChange(item: ItemOf<"change">, key: StratumKey): string {
  switch (key) {
    case "repository":
      return item.repository;
    case "kind":
      return item.kind;
    case "environment":
      return joinNames(item.releases.map(({ environment }) => environment));
    case "ticket-type":
      return joinNames(item.tickets.map(({ type }) => type));
    case "path":
      return item.request.found ? "with a request" : "without a request";
    default:
      return "";
  }
}

function nameOfDeployment(item: ItemOf<"deployment">, key: StratumKey): string {
  switch (key) {
    case "repository":
      return item.repository;
    case "kind":
      return item.place;
    case "environment":
      return item.environment;
    case "path":
      return item.byPipeline ? "by the pipeline" : "by hand";
    case "rollback":
      return item.rollback ? "rollback" : "forward";
    default:
      return "";
  }
}

/** An item may have several: then their combination is a stratum, so that each item is in exactly one. */
function joinNames(names: readonly string[]): string {
  return [...new Set(names)].sort(compareBytes).join(" + ");
}
