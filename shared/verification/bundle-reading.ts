import { z } from "zod";
import type { BundleContents } from "../bundle/bundle-contents.ts";
import {
  EngagementPart,
  ExclusionsPart,
  evidencePath,
  idsPath,
  itemsPath,
  partPaths,
  strataPath,
} from "../bundle/bundle-parts.ts";
import { isSampleInPart } from "../bundle/bundle-split.ts";
import type { RedactionLog } from "../bundle/redaction/redaction-log.ts";
import { TickmarkError } from "../errors.ts";
import { type CompiledCatalog, compileCatalog } from "../evaluation/catalog-compilation.ts";
import { parseCatalog } from "../evaluation/catalog-text.ts";
import { Activity } from "../model/activity.ts";
import { AuditException } from "../model/audit-exception.ts";
import { encodeCanonical } from "../model/canonical-json.ts";
import { Completeness } from "../model/completeness.ts";
import { Conclusion } from "../model/conclusion.ts";
import { Evidence } from "../model/evidence.ts";
import { type Item, itemSchemas } from "../model/item.ts";
import { Judgement } from "../model/judgement.ts";
import { People } from "../model/person.ts";
import { Reconciliation } from "../model/population.ts";
import { PopulationKind } from "../model/population-kind.ts";
import { IpeRecord } from "../model/pull.ts";
import { Result } from "../model/result.ts";
import type { Results } from "../model/results.ts";
import { ReviewNote } from "../model/review-note.ts";
import { Draw, Freeze } from "../model/sample.ts";
import { SignOff } from "../model/sign-off.ts";
import { StratumKey } from "../model/stratum.ts";
import { decodeUtf8 } from "../model/text.ts";
import { parseStrata, type StrataOfItems } from "../sample/stratified-selection.ts";
import { type TestedSample, testedSamples } from "../sample/tested-samples.ts";
import { hasOtherFields } from "./earlier-format.ts";
import { readLines } from "./part-lines.ts";
import { readingDerived, readRedactions } from "./redacted-reperformance.ts";
import { StatedResults } from "./stated-results.ts";

/** What a bundle says, read and parsed. Everything in it is the sender's word until a check has been made. */
export interface BundleStatements {
  readonly engagement: EngagementPart;
  readonly catalogText: string;
  readonly people: People;
  readonly ipe: readonly IpeRecord[];
  readonly freezes: readonly Freeze[];
  readonly ids: ReadonlyMap<PopulationKind, readonly string[]>;
  readonly exclusions: ExclusionsPart;
  /** Null in a bundle whose format has other fields, which states it otherwise or not at all. */
  readonly completeness: Completeness | null;
  /** Null in a bundle whose format has other fields, which counts otherwise. */
  readonly reconciliation: Reconciliation | null;
  readonly draws: readonly Draw[];
  readonly items: ReadonlyMap<PopulationKind, readonly Item[]>;
  readonly results: Results;
  readonly summaries: readonly Conclusion[];
  readonly judgements: readonly Judgement[];
  readonly exceptions: readonly AuditException[];
  readonly signOffs: readonly SignOff[];
  readonly reviewNotes: readonly ReviewNote[];
  readonly evidence: readonly Evidence[];
  readonly activities: readonly Activity[];
  /** Draws that results are for, as the bundle names them. */
  readonly testedDraws: readonly Draw[];
  /** The same, as the draw log gives them. */
  readonly samples: readonly TestedSample[];
  /** Stratum of each item of a population, by the keys that draws were stratified by. */
  readonly strata: ReadonlyMap<PopulationKind, ReadonlyMap<StratumKey, StrataOfItems>>;
  /** The newest freeze of each population: the one whose ids are in the bundle. */
  readonly currentFreezes: readonly Freeze[];
  /** What was left out of the bundle; null where nothing was. */
  readonly redactions: RedactionLog | null;
  /** Bytes of a piece of evidence, whose hash the container has checked; of its derived copy where it was redacted. */
  readEvidence(sha256: string): Promise<Uint8Array>;
}

/** @throws bundle-part-invalid naming the part and what is wrong in it */
export async function readStatements(contents: BundleContents): Promise<BundleStatements> {
  const text = async (path: string) => {
    const decoded = decodeUtf8(await contents.read(path));
    if (decoded === null) throw invalidPart(path, "it is not UTF-8");
    return decoded;
  };
  const json = async <T>(path: string, schema: z.ZodType<T>) => parsePart(path, await text(path), schema);
  // Of items, results and conclusions that have other fields nothing is made here.
  const isUnread = hasOtherFields(contents.manifest);
  const eachLine = async <T>(path: string, schema: z.ZodType<T>, take: (value: T) => void) => {
    // Line by line: the results of thousands of items are longer than a text can be.
    let number = 0;
    for await (const line of readLines(contents.stream(path))) {
      number += 1;
      const place = `${path} line ${number}`;
      const decoded = decodeUtf8(line);
      if (decoded === null) throw invalidPart(place, "it is not UTF-8");
      take(parsePart(place, decoded, schema));
    }
  };
  const lines = async <T>(path: string, schema: z.ZodType<T>) => {
    const values: T[] = [];
    await eachLine(path, schema, (value) => values.push(value));
    return values;
  };
  const redactions = await readRedactions(contents);
  const derived = readingDerived(contents, redactions);
  const engagement = await json(partPaths.engagement, EngagementPart);
  const catalogText = await text(partPaths.catalog);
  const freezes = await json(partPaths.freezes, z.array(Freeze));
  const draws = await json(partPaths.draws, z.array(Draw));
  const isListed = (path: string) => contents.manifest.files.named(path) !== undefined;
  // A population that was never frozen or sampled has no part. One that was, and lacks it, is found by its freeze and draws.
  const ids = async (population: PopulationKind) =>
    isListed(idsPath(population)) ? (await text(idsPath(population))).split("\n").filter(Boolean) : [];
  const items = async <K extends PopulationKind>(population: K) =>
    isUnread || !isListed(itemsPath(population))
      ? []
      : await lines<Item>(itemsPath(population), itemSchemas[population]);
  const forEachKind = async <T>(read: (population: PopulationKind) => Promise<T>) =>
    new Map(await Promise.all(PopulationKind.options.map(async (kind) => [kind, await read(kind)] as const)));
  const strataOf = async (population: PopulationKind) => {
    const paths = StratumKey.options.map((key) => [key, strataPath(population, key)] as const);
    const lists = paths
      .filter(([, path]) => isListed(path))
      .map(async ([key, path]) => {
        const strata = parseStrata(await text(path));
        if (strata === null) throw invalidPart(path, "a line of it is no stratum and id");
        return [key, strata] as const;
      });
    return new Map(await Promise.all(lists));
  };
  // How complete all of it is, is a statement over the records, and none itself.
  const ipePaths: string[] = [];
  for (const { role, path } of contents.manifest.files)
    if (role === "ipe" && path !== partPaths.completeness) ipePaths.push(path);
  const stated = await forEachKind(items);
  const results = new StatedResults(stated, isUnread ? null : compileOrNull(catalogText, engagement));
  if (!isUnread) await eachLine(partPaths.results, Result, (result) => results.add(result));
  results.close();
  return {
    engagement,
    catalogText,
    people: await json(partPaths.people, People),
    ipe: await Promise.all(ipePaths.map((path) => json(path, IpeRecord))),
    completeness: isUnread ? null : await json(partPaths.completeness, Completeness),
    freezes,
    currentFreezes: PopulationKind.options.flatMap(
      (kind) => freezes.findLast(({ population }) => population === kind) ?? [],
    ),
    ids: await forEachKind(ids),
    exclusions: await json(partPaths.exclusions, ExclusionsPart),
    reconciliation: isUnread ? null : await json(partPaths.reconciliation, Reconciliation),
    draws,
    testedDraws: engagement.testedDraws.map((id) => requireDraw(draws, id)),
    samples: samplesOf(engagement, testedSamples(draws, freezes), catalogText),
    strata: await forEachKind(strataOf),
    items: stated,
    results,
    summaries: isUnread ? [] : await json(partPaths.summaries, z.array(Conclusion)),
    judgements: isUnread ? [] : await lines(partPaths.judgements, Judgement),
    exceptions: isUnread ? [] : await json(partPaths.exceptions, z.array(AuditException)),
    signOffs: isUnread ? [] : await json(partPaths.signOffs, z.array(SignOff)),
    reviewNotes: isUnread ? [] : await json(partPaths.reviewNotes, z.array(ReviewNote)),
    evidence: await lines(partPaths.evidenceIndex, Evidence),
    activities: await lines(partPaths.activityLog, Activity),
    redactions,
    readEvidence: (sha256) => derived.read(evidencePath(sha256)),
  };
}

function compileOrNull(catalogText: string, { parameters }: EngagementPart): CompiledCatalog | null {
  try {
    return compileCatalog(catalogText, parameters);
  } catch {
    // What is wrong with it is told where the rules are evaluated.
    return null;
  }
}

/** The samples that the draw log gives; of a part of several, those that belong into it. */
function samplesOf({ split }: EngagementPart, samples: readonly TestedSample[], catalogText: string): TestedSample[] {
  if (split === undefined) return [...samples];
  const { catalog } = parseCatalog(catalogText);
  return samples.filter((sample) => isSampleInPart(split, sample, catalog));
}

function requireDraw(draws: readonly Draw[], id: string): Draw {
  const draw = draws.find((entry) => entry.id === id);
  if (draw) return draw;
  throw invalidPart(partPaths.engagement, `it names draw ${id}, which the draw log does not have`);
}

/** @throws bundle-part-invalid */
export function parsePart<T>(path: string, text: string, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalidPart(path, "it is not JSON", cause);
  }
  // A member given twice, for instance, would be one thing to this reader and another to the next.
  if (!isCanonical(value, text)) throw invalidPart(path, "it is not written in canonical JSON (RFC 8785)");
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw invalidPart(path, `${issue?.path.join(".") || "it"}: ${issue?.message ?? "not as the format asks"}`);
}

function isCanonical(value: unknown, text: string): boolean {
  try {
    return encodeCanonical(value) === text;
  } catch {
    return false;
  }
}

function invalidPart(path: string, what: string, cause?: unknown): TickmarkError {
  return new TickmarkError(
    "bundle-part-invalid",
    `The bundle's ${path} cannot be read: ${what}.`,
    "Ask the sender for a new bundle.",
    cause === undefined ? undefined : { cause },
  );
}
