import { OutcomeTable, type SampleOutcomes } from "../../shared/evaluation/item-outcomes.ts";
import type { TestedSample } from "../../shared/sample/tested-samples.ts";
import type { OutcomeColumn } from "../store/results.ts";
import type { Session } from "./session.ts";

/** One draw of a sample: its items stand in `drawn` from `start` on. */
export interface DrawColumns {
  readonly id: string;
  readonly start: number;
  readonly size: number;
  readonly columns: readonly OutcomeColumn[];
}

export function readColumns(session: Session, { id, draws }: TestedSample): readonly DrawColumns[] {
  return session.memo(`columns of ${id}`, () => {
    let start = 0;
    return draws.map((draw) => {
      const own = { id: draw.id, start, size: draw.size, columns: session.store.outcomeColumns(draw.id) };
      start += draw.size;
      return own;
    });
  });
}

/** The worst outcome of each drawn item in its place, of one control or of all: see OutcomeColumn.weigh. */
export function weigh({ drawn }: TestedSample, draws: readonly DrawColumns[], control: string | undefined): Uint8Array {
  const weights = new Uint8Array(drawn.length);
  for (const { start, size, columns } of draws) {
    const own = columns.filter((column) => control === undefined || column.control === control);
    for (const column of own) column.weigh(weights.subarray(start, start + size));
  }
  return weights;
}

/** Outcomes of a sample's results, which may be millions: only those of single items are made into objects. */
export function readSampleOutcomes(session: Session, sample: TestedSample): SampleOutcomes {
  const draws = readColumns(session, sample);
  const { drawn } = sample;
  const controls = new Set(draws.flatMap(({ columns }) => columns.map(({ control }) => control)));
  let places: ReadonlyMap<string, number> | undefined;
  return {
    table: OutcomeTable.ofColumns(
      drawn,
      Array.from(controls, (control) => [control, weigh(sample, draws, control)] as const),
    ),
    assertionsOf(item, control) {
      places ??= new Map(drawn.map((id, place) => [id, place]));
      const place = places.get(item) ?? -1;
      const draw = draws.findLast(({ start }) => start <= place);
      const column = draw?.columns.find((each) => each.control === control);
      if (!draw || !column) return [];
      return column
        .outcomesAt(place - draw.start)
        .map((outcome, index) => ({ assertion: column.assertions[index] ?? "", outcome }));
    },
  };
}

/** Controls that have results of the sample: after a change of the catalog those that it touches have none until it is evaluated. */
export function listTested(session: Session, { draws }: TestedSample): ReadonlySet<string> {
  return new Set(draws.flatMap(({ id }) => session.store.resultBases(id).map(({ control }) => control)));
}

/** Whether any draw of the sample has results. */
export function isEvaluated(session: Session, { draws }: TestedSample): boolean {
  return draws.some(({ id }) => session.store.resultBases(id).length > 0);
}
