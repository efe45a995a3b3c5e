import { TickmarkError } from "../../../shared/errors.ts";
import { worstOutcome } from "../../../shared/evaluation/item-outcomes.ts";
import type { Disposition } from "../../../shared/model/conclusion.ts";
import { viewRow } from "../../../shared/model/item-row.ts";
import type { MatrixQuery, MatrixRow, MatrixRows } from "../../../shared/model/matrix-rows.ts";
import { nounsOf } from "../../../shared/model/population-words.ts";
import type { Outcome } from "../../../shared/model/result.ts";
import type { TestedSample } from "../../../shared/sample/tested-samples.ts";
import type { OutcomeColumn } from "../../store/results.ts";
import { parseItem } from "../item-reading.ts";
import type { Session } from "../session.ts";
import { readDispositions } from "../standing-judgements.ts";
import { readTestedSamples } from "../tested-samples.ts";

/**
 * A page of the testing matrix. Which rows a filter finds, and in what order, is worked out once and kept until something is
 * done in the engagement: a matrix of everything has as many rows as the population.
 * @throws request-invalid
 */
export function listMatrixRows(
  session: Session,
  query: MatrixQuery,
  { offset, limit, item }: { readonly offset: number; readonly limit: number; readonly item?: string },
): MatrixRows {
  const sample = findSample(session, query);
  const draws = session.memo(`matrix columns ${sample.id}`, () => readColumns(session, sample));
  const found = session.memo(`matrix rows ${sample.id} ${JSON.stringify(query)}`, () =>
    findRows(session, sample, draws, query),
  );
  const dispositions = readDispositions(session, sample.population);
  const page = Array.from(found.subarray(offset, offset + limit), (place) =>
    makeRow(session, sample, placeIn(draws, place), dispositions),
  );
  const sought = item === undefined ? -1 : sample.drawn.indexOf(item);
  const index = sought === -1 ? -1 : found.indexOf(sought);
  return { total: found.length, rows: page, index: index === -1 ? null : index };
}

function findSample(session: Session, { population, sampleId }: MatrixQuery): TestedSample {
  const samples = readTestedSamples(session).filter((sample) => sample.population === population);
  const sample = sampleId === undefined ? samples[0] : samples.find(({ id }) => id === sampleId);
  if (sample) return sample;
  throw new TickmarkError(
    "request-invalid",
    `There is no such sample of ${nounsOf(population)}.`,
    "Draw one on the Sample screen, or choose another population.",
  );
}

/** One draw of the sample: its items stand in `drawn` from `start` on. */
interface DrawColumns {
  readonly id: string;
  readonly start: number;
  readonly size: number;
  readonly columns: readonly OutcomeColumn[];
}

function readColumns(session: Session, { draws }: TestedSample): DrawColumns[] {
  let start = 0;
  return draws.map(({ id, size }) => {
    const own = { id, start, size, columns: session.store.outcomeColumns(id) };
    start += size;
    return own;
  });
}

/** Places in `drawn`, in the order of the rows. */
function findRows(
  session: Session,
  sample: TestedSample,
  draws: readonly DrawColumns[],
  { search, show, control, outcome, sort, descending }: MatrixQuery,
): Uint32Array {
  const chosen = new Uint8Array(sample.drawn.length).fill(1);
  for (const place of replacedPlaces(sample)) chosen[place] = 0;
  if (show === "deviations") keep(chosen, weigh(draws, sample, undefined), (weight) => weight >= 3);
  if (control !== undefined && outcome !== undefined)
    keep(chosen, weigh(draws, sample, control), (weight) => weight === weightOf[outcome]);
  if (search.trim() !== "") keepFound(session, sample, draws, search, chosen);
  const order = sortPlaces(session, sample, draws, sort, control);
  const rows = order.filter((place) => chosen[place] === 1);
  return descending ? rows.reverse() : rows;
}

const weightOf: Readonly<Record<Outcome, number>> = { "not-applicable": 1, "pass": 2, "no-evidence": 3, "fail": 4 };

function keep(chosen: Uint8Array, weights: Uint8Array, isWanted: (weight: number) => boolean): void {
  for (const [place, weight] of weights.entries()) if (!isWanted(weight)) chosen[place] = 0;
}

/** The worst outcome of each place, of one control or of all. */
function weigh(draws: readonly DrawColumns[], { drawn }: TestedSample, control: string | undefined): Uint8Array {
  const weights = new Uint8Array(drawn.length);
  for (const { start, size, columns } of draws) {
    const own = columns.filter((column) => control === undefined || column.control === control);
    for (const column of own) column.weigh(weights.subarray(start, start + size));
  }
  return weights;
}

function replacedPlaces({ draws, drawn }: TestedSample): number[] {
  return draws.flatMap(({ purpose }) => (purpose.kind === "replacement" ? [drawn.indexOf(purpose.replaces)] : []));
}

/** Every word is found in the item's texts; one that is a workpaper reference finds its row. */
function keepFound(
  session: Session,
  { reference }: TestedSample,
  draws: readonly DrawColumns[],
  search: string,
  chosen: Uint8Array,
): void {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const prefix = `${reference.toLowerCase()}.`;
  const isReference = (word: string) => word.startsWith(prefix) && /^\d+$/.test(word.slice(prefix.length));
  const texts = words.filter((word) => !isReference(word));
  const found = new Uint8Array(chosen.length);
  for (const { id, start } of draws)
    for (const position of session.store.findDrawn(id, texts)) found[start + position] = 1;
  for (const word of words.filter(isReference)) {
    const place = Number(word.slice(prefix.length)) - 1;
    for (let other = 0; other < found.length; other += 1) if (other !== place) found[other] = 0;
  }
  keep(chosen, found, (isFound) => isFound === 1);
}

function sortPlaces(
  session: Session,
  sample: TestedSample,
  draws: readonly DrawColumns[],
  sort: MatrixQuery["sort"],
  control: string | undefined,
): Uint32Array {
  const inOrder = Uint32Array.from(sample.drawn, (_, place) => place);
  switch (sort) {
    case "ref":
      return inOrder;
    case "outcome": {
      const weights = weigh(draws, sample, control);
      const worstFirst = [4, 3, 2, 1, 0].flatMap((weight) => [...inOrder.filter((place) => weights[place] === weight)]);
      return Uint32Array.from(worstFirst);
    }
    default:
      return Uint32Array.from(
        draws.flatMap(({ id, start }) => session.store.sortDrawn(id, sort).map((position) => start + position)),
      );
  }
}

interface Place {
  readonly draw: DrawColumns;
  readonly position: number;
}

function placeIn(draws: readonly DrawColumns[], place: number): Place {
  const draw = draws.findLast(({ start }) => start <= place);
  if (!draw) throw new RangeError(`No draw has the place ${place}.`);
  return { draw, position: place - draw.start };
}

function makeRow(
  session: Session,
  { population, reference }: TestedSample,
  { draw, position }: Place,
  dispositions: readonly Disposition[],
): MatrixRow {
  const [drawn] = session.store.drawnItems(draw.id, position, 1);
  if (!drawn) throw new RangeError(`The draw ${draw.id} has no item at ${position}.`);
  const own = dispositions.filter(({ item }) => item === drawn.id);
  const outcomes = draw.columns.map(
    ({ control, outcomesAt }) => [control, worstOutcome(outcomesAt(position))] as const,
  );
  return {
    ...viewRow(population, parseItem(population, drawn.json, drawn.id)),
    ref: `${reference}.${draw.start + position + 1}`,
    outcomes: Object.fromEntries(outcomes),
    judged: Object.fromEntries(draw.columns.flatMap((column) => judge(column, position, own))),
  };
}

function judge(
  { control, assertions, outcomesAt }: OutcomeColumn,
  position: number,
  dispositions: readonly Disposition[],
) {
  const own = new Map(
    dispositions.filter((each) => each.control === control).map(({ assertion, outcome }) => [assertion, outcome]),
  );
  if (own.size === 0) return [];
  const judged = outcomesAt(position).map((outcome, index) => own.get(assertions[index] ?? "") ?? outcome);
  return [[control, worstOutcome(judged)] as const];
}
