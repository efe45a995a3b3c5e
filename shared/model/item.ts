import { z } from "zod";
import { Change } from "./change.ts";
import { DeploymentItem } from "./deployment-item.ts";
import { IncidentItem } from "./incident-item.ts";
import { DocumentItem, OccurrenceItem } from "./occurrence-item.ts";
import type { PopulationKind } from "./population-kind.ts";
import { AccessEventItem, DetectedChangeItem } from "./production-item.ts";
import { ReviewPatternItem } from "./review-pattern-item.ts";

/** Population → what one of its items is. Files and bundles are parsed with these, and rules are checked against them. */
export const itemSchemas = {
  "change": Change,
  "deployment": DeploymentItem,
  "week": OccurrenceItem,
  "quarter": OccurrenceItem,
  "incident": IncidentItem,
  "access-event": AccessEventItem,
  "detected-change": DetectedChangeItem,
  "document": DocumentItem,
  "review-pattern": ReviewPatternItem,
} as const satisfies Record<PopulationKind, z.ZodObject>;

export type ItemOf<K extends PopulationKind> = z.infer<(typeof itemSchemas)[K]>;
/** An item of whatever population. Which one it is of is said beside it; no item has all fields of another kind's. */
export const Item = z.union([
  Change,
  DeploymentItem,
  OccurrenceItem,
  IncidentItem,
  AccessEventItem,
  DetectedChangeItem,
  DocumentItem,
  ReviewPatternItem,
]);
export type Item = z.infer<typeof Item>;

/** The items of every population. */
export type ItemsByKind = { readonly [K in PopulationKind]: readonly ItemOf<K>[] };
