import type { SampleMethod } from "../../../shared/model/sample.ts";
import type { Stratum } from "../../../shared/model/stratum.ts";
import { digestPopulation } from "../../../shared/population/population-digest.ts";
import { performDraw } from "../../../shared/sample/draw.ts";
import { allocateAsGiven, allocateProportionally } from "../../../shared/sample/strata-allocation.ts";
import { countStrata, digestStrata, parseStrata } from "../../../shared/sample/stratified-selection.ts";
import { digest } from "../../engine/digest.ts";
import { textOption } from "../command.ts";
import { type Options, readLines, usage } from "./draw-options.ts";

/** A draw from a list of ids, without an engagement: nothing of it is logged. */
export interface ListDraw {
  readonly method: SampleMethod;
  readonly seed: string;
  readonly size: number;
  readonly populationSize: number;
  /** As `LC_ALL=C sort ids.txt | sha256sum` gives it. */
  readonly populationDigest: string;
  /** Of a stratified draw. */
  readonly strata: readonly Stratum[] | null;
  readonly items: readonly string[];
}

/** @throws usage, file-missing, file-format-unknown, record-invalid, sample-size-invalid */
export function drawFromList(options: Options, file: string | undefined): ListDraw {
  const method = options.everything === true ? "everything" : (options.method as SampleMethod);
  const isStratified = method === "stratified";
  if (file !== undefined) throw usage("A draw is either from an engagement or from --ids.", "Give one of them.");
  if (method === "targeted" || method === "haphazard") {
    throw usage(`A ${method} draw is of an engagement.`, "From a list of ids draw by rank, systematic or stratified.");
  }
  if (isStratified !== (options.strata !== undefined)) {
    throw usage(
      "A stratified draw from a list needs --strata, and no other draw does.",
      "Give --method stratified --strata FILE.",
    );
  }
  const seed = method === "everything" ? "" : textOption(options, "seed");
  if (seed === "" && method !== "everything")
    throw usage("A draw from a list needs --seed.", "Give the seed of the draw.");
  const strata = isStratified ? readStrataFile(textOption(options, "strata")) : null;
  const ids = strata ? [...strata.keys()] : readLines(textOption(options, "ids"));
  const populationDigest = digestPopulation(ids, digest);
  const size = (options.size as number | undefined) ?? 0;
  const sizes = strata && allocate(countStrata(strata), size, options.stratum as Record<string, number> | undefined);
  const terms = {
    ...{ method, seed, size, purpose: { kind: "initial" as const }, items: [] },
    strata: strata &&
      sizes && {
        ...{ key: "kind" as const, allocation: "given" as const, ofItems: [] },
        digest: digestStrata(strata, digest),
        sizes,
      },
  };
  const items = performDraw({ ids, strata }, terms, [], digest);
  return { method, seed, size: items.length, populationSize: ids.length, populationDigest, strata: sizes, items };
}

function allocate(counts: ReadonlyMap<string, number>, size: number, given?: Record<string, number>): Stratum[] {
  return given === undefined ? allocateProportionally(counts, size) : allocateAsGiven(counts, given);
}

function readStrataFile(path: string): ReadonlyMap<string, string> {
  const strata = parseStrata(
    readLines(path)
      .map((line) => `${line}\n`)
      .join(""),
  );
  if (strata) return strata;
  throw usage(`${path} is no list of strata.`, "Write on each line: stratum, tab, id; each id once.");
}

/** The items alone, one on each line, so that the output can be compared with that of `reperform.sh`. */
export function describeListDraw({ items }: ListDraw): string[] {
  return [...items];
}
