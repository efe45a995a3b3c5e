import { PopulationKind } from "../model/population-kind.ts";
import { populationWords } from "../model/population-words.ts";
import { type Draw, type Freeze, isChosenByAuditor } from "../model/sample.ts";

/** Draws that are tested together: an initial one with what followed it. */
export interface TestedSample {
  /** That of the initial draw. */
  readonly id: string;
  readonly population: PopulationKind;
  readonly initial: Draw;
  /** The initial draw and those that follow it, in the order of the log. */
  readonly draws: readonly Draw[];
  /** Everything that was drawn, in the order of the log, with the items that were replaced: they keep their number. */
  readonly drawn: readonly string[];
  /** What counts: `drawn` without the items that were replaced. */
  readonly items: readonly string[];
  /** Chosen by the auditor: tested, shown by itself and in no limit. */
  readonly isApart: boolean;
  /** Workpaper reference of its items without their number: `C`; `C.T1` is the first targeted draw of changes. */
  readonly reference: string;
}

/**
 * Which draws are tested, by one rule for engine, export and verification: of each population's newest freeze, the newest
 * initial draw in which the auditor did not choose the items, with what followed it; and beside it every draw in which
 * the auditor did. An earlier draw stays on record and is not tested.
 *
 * @param draws the draw log, the oldest first
 * @param freezes the oldest first
 */
export function testedSamples(draws: readonly Draw[], freezes: readonly Freeze[]): TestedSample[] {
  return PopulationKind.options.flatMap((population) => {
    const freeze = freezes.findLast((each) => each.population === population);
    const own = draws.filter((draw) => draw.population === population && draw.freezeId === freeze?.id);
    const initial = own.filter(({ purpose }) => purpose.kind === "initial");
    const sample = initial.findLast(({ method }) => !isChosenByAuditor(method));
    const { section } = populationWords[population];
    const apart = (["targeted", "haphazard"] as const).flatMap((method) =>
      initial
        .filter((draw) => draw.method === method)
        .map((draw, index) => gather(draw, own, `${section}.${method === "targeted" ? "T" : "H"}${index + 1}`)),
    );
    return sample ? [gather(sample, own, section), ...apart] : apart;
  });
}

/** Workpaper reference of an item: `C.1` is the first change of the sample. */
export function referenceIn(sample: Pick<TestedSample, "reference" | "drawn">, item: string): string {
  return `${sample.reference}.${sample.drawn.indexOf(item) + 1}`;
}

/** The draws that followed an initial one, in the order of the log. */
export function followersOf(initial: Pick<Draw, "id">, draws: readonly Draw[]): Draw[] {
  return draws.filter(({ purpose }) => purpose.kind !== "initial" && purpose.of === initial.id);
}

function gather(initial: Draw, own: readonly Draw[], reference: string): TestedSample {
  const draws = [initial, ...followersOf(initial, own)];
  // Of a million items one list is enough.
  const drawn = draws.length === 1 ? initial.items : draws.flatMap(({ items }) => items);
  const replaced = new Set(draws.flatMap(({ purpose }) => (purpose.kind === "replacement" ? [purpose.replaces] : [])));
  return {
    id: initial.id,
    population: initial.population,
    initial,
    draws,
    drawn,
    items: replaced.size === 0 ? drawn : drawn.filter((item) => !replaced.has(item)),
    isApart: isChosenByAuditor(initial.method),
    reference,
  };
}
