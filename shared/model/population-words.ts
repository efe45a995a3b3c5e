import type { PopulationKind } from "./population-kind.ts";

interface PopulationWords {
  readonly one: string;
  readonly many: string;
  /** Section of the workpapers in which the sampled items of the kind stand: `C.1` is the first sampled change. */
  readonly section: string;
  /** Name by which rules call an item. */
  readonly variable: string;
}

export const populationWords: Readonly<Record<PopulationKind, PopulationWords>> = {
  "change": { one: "change", many: "changes", section: "C", variable: "change" },
  "deployment": { one: "deployment", many: "deployments", section: "D", variable: "deployment" },
  "week": { one: "week", many: "weeks", section: "W", variable: "week" },
  "quarter": { one: "quarter", many: "quarters", section: "Q", variable: "quarter" },
  "incident": { one: "incident", many: "incidents", section: "I", variable: "incident" },
  "access-event": { one: "access event", many: "access events", section: "L", variable: "accessEvent" },
  "detected-change": { one: "detected change", many: "detected changes", section: "X", variable: "detectedChange" },
  "document": { one: "document", many: "documents", section: "P", variable: "document" },
  "review-pattern": { one: "review pattern", many: "review patterns", section: "R", variable: "reviewPattern" },
};

/** `changes`, `access events`. */
export function nounsOf(population: PopulationKind): string {
  return populationWords[population].many;
}
