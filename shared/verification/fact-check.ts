import type { WeeksPart } from "../bundle/bundle-parts.ts";
import { faultOf } from "../errors.ts";
import { parseCatalog } from "../evaluation/catalog-text.ts";
import { readEvidence } from "../facts/evidence-reading.ts";
import { addFact, createFactSet } from "../facts/fact-set.ts";
import { createPullTally, type PullTally } from "../facts/pull-reading.ts";
import { encodeCanonical } from "../model/canonical-json.ts";
import { listAskedDocuments } from "../model/catalog.ts";
import { Instant } from "../model/instant.ts";
import type { People } from "../model/person.ts";
import type { PopulationKind } from "../model/population-kind.ts";
import { nounsOf } from "../model/population-words.ts";
import type { Source } from "../model/source.ts";
import { type Check, type Difference, failed, notPossible, passed } from "../model/verification-report.ts";
import { buildPopulation } from "../population/build-population.ts";
import type { PopulationScope } from "../population/entity-population.ts";
import { createItemFinder, type ItemFinder } from "../population/item-assembly.ts";
import { gatherPeople } from "../population/people.ts";
import { frozenDecisions } from "../population/people-decisions.ts";
import { listIds } from "../population/population-digest.ts";
import { createContexts, type PopulationInput } from "../population/repository-context.ts";
import { countByWeek } from "../population/weeks.ts";
import type { BundleStatements } from "./bundle-reading.ts";
import { firstDifference } from "./difference.ts";
import { type Pace, throwIfStopped } from "./pace.ts";
import { findRebuiltFault } from "./strata-check.ts";

/** What the evidence in the bundle gives when it is read anew; or why it could not be read. */
export type Rebuilt =
  | {
      readonly input: PopulationInput;
      /** As the evidence and the decisions in the log give them; of a part of the evidence only a part comes out. */
      readonly people: People;
      readonly scope: PopulationScope;
      readonly finder: ItemFinder;
      /** What the readers make of each pull's records, by its id. */
      readonly readings: ReadonlyMap<string, PullTally>;
    }
  | { readonly problem: string };

/** Reads all raw evidence of the bundle again, by the same readers that the engagement used. */
export async function rebuildFromEvidence(statements: BundleStatements, pace: Pace): Promise<Rebuilt> {
  const { sources } = statements.engagement;
  const byId = new Map<string, Source>(sources.map((source) => [source.id, source]));
  const facts = createFactSet();
  const readings = new Map<string, PullTally>();
  try {
    for (const [index, record] of statements.evidence.entries()) {
      const source = byId.get(record.sourceId);
      if (!source)
        return {
          problem: `Evidence ${record.sha256} is of source "${record.sourceId}", which the bundle does not describe.`,
        };
      const input = { ...record, bytes: await statements.readEvidence(record.sha256) };
      const read = readEvidence(input, source);
      const tally = readings.get(record.pullId) ?? createPullTally(source, statements.engagement.engagement.period);
      readings.set(record.pullId, tally);
      tally.add(input, read);
      for (const fact of read.facts) addFact(facts, fact);
      await pace.at("Reading the evidence again", index + 1, statements.evidence.length);
    }
    const coverage = statements.ipe.flatMap((record) => record.coverage);
    const scope = readScope(statements);
    const people = gatherPeople(facts, sources, frozenDecisions(statements.activities));
    const isWhole = statements.engagement.evidenceScope === "all";
    const input = { facts, sources, people: isWhole ? people : statements.people, coverage };
    return { input, people, scope, finder: createItemFinder(input, createContexts(input), scope), readings };
  } catch (error) {
    throwIfStopped(error);
    return { problem: faultOf(error).message };
  }
}

/** What the populations are of, as the bundle's engagement and catalog say. @throws catalog-invalid */
function readScope({ engagement, catalogText }: BundleStatements): PopulationScope {
  return {
    period: engagement.engagement.period,
    asked: listAskedDocuments(parseCatalog(catalogText).catalog),
  };
}

/** Every sampled item comes out of the raw evidence just as the bundle states it, and exactly the sampled ones are stated. */
export async function checkFacts(statements: BundleStatements, rebuilt: Rebuilt, pace: Pace): Promise<Check> {
  if ("problem" in rebuilt) return failed("facts", rebuilt.problem);
  let compared = 0;
  const total = countItems(statements);
  for (const [population, items] of statements.items) {
    const sampled = new Set(
      statements.testedDraws.filter((draw) => draw.population === population).flatMap((draw) => draw.items),
    );
    const stated = new Set(items.map(({ id }) => id));
    const missing = [...sampled].find((id) => !stated.has(id)) ?? [...stated].find((id) => !sampled.has(id));
    if (missing !== undefined || stated.size !== items.length) {
      return failed("facts", `The ${nounsOf(population)} stated are not those sampled.`, {
        subject: missing ?? population,
      });
    }
    for (const item of items) {
      const found = rebuilt.finder.assemble(population, item.id);
      if (!found) return failed("facts", "The evidence knows no such item.", { subject: item.id });
      if (encodeCanonical(found) !== encodeCanonical(item)) {
        const difference = firstDifference(item, found);
        return failed("facts", `The evidence says otherwise at ${difference.path}.`, {
          subject: item.id,
          expected: difference.left,
          found: difference.right,
        });
      }
      compared += 1;
      await pace.at("Putting the items together again", compared, total);
    }
  }
  return passed("facts", `${compared} sampled items come out of the raw evidence as stated.`);
}

export function countItems({ items }: BundleStatements): number {
  return [...items.values()].reduce((sum, { length }) => sum + length, 0);
}

/**
 * With all evidence in the bundle, the population comes out of it too: its items and their weeks, what was excluded from it, and its
 * reconciliation.
 *
 * @param weeks as the bundle states them; null in one that does not
 */
export function checkReconciliation(statements: BundleStatements, rebuilt: Rebuilt, weeks: WeeksPart | null): Check {
  if (statements.engagement.evidenceScope !== "all") {
    return notPossible(
      "reconciliation",
      "The bundle holds the evidence of the sampled items, not of the whole population; an export with all evidence can be reconciled again.",
    );
  }
  if ("problem" in rebuilt) return failed("reconciliation", rebuilt.problem);
  const population = buildPopulation(rebuilt.input, rebuilt.scope);
  for (const { population: kind } of statements.currentFreezes) {
    const items = population.items[kind];
    const misplaced = findRebuiltFault(statements, kind, items);
    if (misplaced) {
      const { what, ...rest } = misplaced;
      return failed("reconciliation", what, rest);
    }
    const found = listIds(items.map(({ id }) => id));
    const expected = listIds(statements.ids.get(kind) ?? []);
    if (found !== expected) {
      const difference = firstDifference(expected.split("\n"), found.split("\n"));
      return failed("reconciliation", `The evidence gives another population of ${kind}s.`, {
        subject: kind,
        expected: difference.left,
        found: difference.right,
      });
    }
    const miscounted = weeks === null ? null : findMiscounted(items, weeks[kind] ?? [], statements.engagement);
    if (miscounted !== null)
      return failed("reconciliation", "The evidence gives other numbers by week.", { subject: kind, ...miscounted });
  }
  const { reconciliation, exclusions, remarks } = population;
  const stated = { ...statements.exclusions, reconciliation: statements.reconciliation };
  const difference = firstDifference(stated, { exclusions, remarks, reconciliation });
  if (difference.path !== "") {
    return failed("reconciliation", `It comes out otherwise at ${difference.path}.`, {
      expected: difference.left,
      found: difference.right,
    });
  }
  const { change, deployment } = population.items;
  return passed(
    "reconciliation",
    `${change.length} changes and ${deployment.length} deployments come out of the evidence, and reconcile as stated.`,
  );
}

function findMiscounted(
  items: readonly object[],
  stated: NonNullable<WeeksPart[PopulationKind]>,
  { engagement }: BundleStatements["engagement"],
): Difference | null {
  const moments = items.flatMap((item) => ("at" in item ? [Instant.parse(item.at)] : []));
  const counts = countByWeek(moments, engagement.period.timeZone);
  const wrong = stated.find(({ monday, count }) => count !== (counts.get(monday) ?? 0));
  if (wrong === undefined) return null;
  const told = (count: number) => `${count} in the week of ${wrong.monday}`;
  return { expected: told(wrong.count), found: told(counts.get(wrong.monday) ?? 0) };
}
