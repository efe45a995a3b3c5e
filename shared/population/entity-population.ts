import type { AskedDocument } from "../model/catalog.ts";
import type { Change } from "../model/change.ts";
import type { ItemOf, ItemsByKind } from "../model/item.ts";
import type { Period } from "../model/period.ts";
import type { PopulationKind } from "../model/population-kind.ts";
import type { EntityContext } from "./entity-context.ts";
import { assembleIncidents } from "./incident-assembly.ts";
import { assembleDocuments, assembleOccurrences } from "./occurrence-assembly.ts";
import { quartersOf, weeksOf } from "./occurrences.ts";
import { assembleAccessEvents, assembleDetectedChanges } from "./production-assembly.ts";
import { assembleReviewPattern } from "./review-pattern.ts";

/** What the population is of, beside the evidence. */
export interface PopulationScope {
  readonly period: Period;
  /** What the catalog asks for: its documents are a population of their own. */
  readonly asked: readonly AskedDocument[];
}

/** Populations of the whole entity, and of no one repository. */
export type EntityKind = Exclude<PopulationKind, "change" | "deployment">;

const assemblies: {
  readonly [K in EntityKind]: (context: EntityContext, scope: PopulationScope) => readonly ItemOf<K>[];
} = {
  "week": (context, { period }) => assembleOccurrences(context, weeksOf(period), period),
  "quarter": (context, { period }) => assembleOccurrences(context, quartersOf(period), period),
  "incident": (context, { period }) => assembleIncidents(context, period),
  "access-event": (context, { period }) => assembleAccessEvents(context, period),
  "detected-change": (context, { period }) => assembleDetectedChanges(context, period),
  "document": (context, { asked, period }) => assembleDocuments(context, asked, period),
  "review-pattern": assembleReviewPatterns,
};

export function assembleEntityItems<K extends EntityKind>(
  kind: K,
  context: EntityContext,
  scope: PopulationScope,
): readonly ItemOf<K>[] {
  return assemblies[kind](context, scope);
}

export function assembleAllEntityItems(
  context: EntityContext,
  scope: PopulationScope,
): Omit<ItemsByKind, "change" | "deployment"> {
  return {
    "week": assemblies.week(context, scope),
    "quarter": assemblies.quarter(context, scope),
    "incident": assemblies.incident(context, scope),
    "access-event": assemblies["access-event"](context, scope),
    "detected-change": assemblies["detected-change"](context, scope),
    "document": assemblies.document(context, scope),
    "review-pattern": assemblies["review-pattern"](context, scope),
  };
}

/** A repository has one, however many release lines. */
function assembleReviewPatterns(context: EntityContext, { period }: PopulationScope): ItemOf<"review-pattern">[] {
  const bySource = Map.groupBy(context.repositories, ({ source }) => source);
  return [...bySource.values()].flatMap(([first]) =>
    first === undefined ? [] : [assembleReviewPattern(first, ownChanges(context.changes, first), period)],
  );
}

function ownChanges(changes: readonly Change[], { facts }: EntityContext["repositories"][number]): Change[] {
  return changes.filter(({ repository }) => repository === facts.repository);
}
