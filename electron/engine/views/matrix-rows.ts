import { TickmarkError } from "../../../shared/errors.ts";
import { worstOutcome } from "../../../shared/evaluation/item-outcomes.ts";
import type { Disposition } from "../../../shared/model/conclusion.ts";
import { viewRow } from "../../../shared/model/item-row.ts";
import type { MatrixQuery, MatrixRow, MatrixRows } from "../../../shared/model/matrix-rows.ts";
import { nounsOf } from "../../../shared/model/population-words.ts";
import type { Outcome } from "../../../shared/model/result.ts";
import type { TestedSample } from "../../../shared/sample/tested-samples.ts";
import type { ItemTexts } from "../../store/item-texts.ts";
import type { OutcomeColumn } from "../../store/results.ts";
import { parseItem } from "../item-reading.ts";
import { type DrawColumns, readColumns, weigh } from "../sample-outcomes.ts";
import type { Session } from "../session.ts";
import { readDispositions } from "../standing-judgements.ts";
import { readTestedSamples } from "../tested-samples.ts";
import { keepFound, keepMarked, placesOf, readAhead, wordsOf } from "./found-rows.ts";

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
  const draws = readColumns(session, sample);
  const found = keepFound(session, `matrix ${sample.id} ${JSON.stringify(query)}`, () =>
    findRows(session, sample, draws, query),
  );
  const dispositions = readDispositions(session, sample.population);
  const page = Array.from(found.subarray(offset, offset + limit), (place) =>
    makeRow(session, sample, placeIn(draws, place), dispositions),
  );
  readAhead(session, readTexts(session, sample, draws).texts, () => readPlaces(session, sample, draws));
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

/** Places in `drawn`, in the order of the rows. */
function findRows(
  session: Session,
  sample: TestedSample,
  draws: readonly DrawColumns[],
  query: MatrixQuery,
): Uint32Array {
  const { search, show, control, outcome } = query;
  const chosen = new Uint8Array(sample.drawn.length).fill(1);
  for (const place of replacedPlaces(sample)) chosen[place] = 0;
  if (show === "deviations") keep(chosen, weigh(sample, draws, control), (weight) => weight >= 3);
  if (control !== undefined && outcome !== undefined)
    keep(chosen, weigh(sample, draws, control), (weight) => weight === weightOf[outcome]);
  if (search.trim() !== "") keepMatching(session, sample, draws, search, chosen);
  return keepMarked(sortPlaces(session, sample, draws, query), chosen);
}

const weightOf: Readonly<Record<Outcome, number>> = { "not-applicable": 1, "pass": 2, "no-evidence": 3, "fail": 4 };

function keep(chosen: Uint8Array, weights: Uint8Array, isWanted: (weight: number) => boolean): void {
  for (let place = 0; place < weights.length; place += 1) if (!isWanted(weights[place] ?? 0)) chosen[place] = 0;
}

function replacedPlaces({ draws, drawn }: TestedSample): number[] {
  return draws.flatMap(({ purpose }) => (purpose.kind === "replacement" ? [drawn.indexOf(purpose.replaces)] : []));
}

/** Every word is found in the item's texts; one that is a workpaper reference finds its row. */
function keepMatching(
  session: Session,
  sample: TestedSample,
  draws: readonly DrawColumns[],
  search: string,
  chosen: Uint8Array,
): void {
  const words = wordsOf(search);
  const prefix = `${sample.reference.toLowerCase()}.`;
  const isReference = (word: string) => word.startsWith(prefix) && /^\d+$/.test(word.slice(prefix.length));
  const texts = words.filter((word) => !isReference(word));
  if (texts.length > 0) keep(chosen, findTexts(session, sample, draws, texts), (isFound) => isFound === 1);
  for (const word of words.filter(isReference)) {
    const place = Number(word.slice(prefix.length)) - 1;
    for (let other = 0; other < chosen.length; other += 1) if (other !== place) chosen[other] = 0;
  }
}

/** A 1 at the place of each row that has every one of the words. */
function findTexts(
  session: Session,
  sample: TestedSample,
  draws: readonly DrawColumns[],
  words: readonly string[],
): Uint8Array {
  const { texts, areOfAll } = readTexts(session, sample, draws);
  const found = texts.find(words);
  if (!areOfAll) return found;
  const placed = new Uint8Array(sample.drawn.length);
  const places = readPlaces(session, sample, draws);
  for (let position = 0; position < places.length; position += 1) {
    const place = places[position] ?? 0;
    if (place > 0) placed[place - 1] = found[position] ?? 0;
  }
  return placed;
}

/** Of a sample that is most of its population those of all of it, which its list has read or will read: they take much memory. */
function readTexts(
  { store }: Session,
  { initial, drawn }: TestedSample,
  draws: readonly DrawColumns[],
): { readonly texts: ItemTexts; readonly areOfAll: boolean } {
  const areOfAll = 2 * drawn.length > initial.populationSize;
  return {
    texts: areOfAll ? store.itemTexts(initial.freezeId) : store.drawnTexts(draws.map(({ id }) => id)),
    areOfAll,
  };
}

function sortPlaces(
  session: Session,
  sample: TestedSample,
  draws: readonly DrawColumns[],
  { sort, sortControl, descending }: MatrixQuery,
): Uint32Array {
  const inOrder = placesOf(sample.drawn.length);
  if (sort === "ref") return descending ? inOrder.reverse() : inOrder;
  if (sort === "outcome") return sortByWeight(weigh(sample, draws, sortControl), descending ? bestFirst : worstFirst);
  const order = session.store.sortItems(sample.initial.freezeId, sort, descending);
  return orderPlaces(order, readPlaces(session, sample, draws), sample.drawn.length);
}

/** The places of a sample in the order in which the positions of their items stand. */
function orderPlaces(order: Uint32Array, places: Uint32Array, size: number): Uint32Array {
  const sorted = new Uint32Array(size);
  let next = 0;
  for (let index = 0; index < order.length; index += 1) {
    const place = places[order[index] ?? 0] ?? 0;
    if (place > 0) sorted[next++] = place - 1;
  }
  return sorted;
}

const worstFirst = [4, 3, 2, 1, 0];
const bestFirst = worstFirst.toReversed();

/** Places by their weights; equal ones stay in order. */
function sortByWeight(weights: Uint8Array, order: readonly number[]): Uint32Array {
  const sorted = new Uint32Array(weights.length);
  let next = 0;
  for (const wanted of order)
    for (let place = 0; place < weights.length; place += 1) if (weights[place] === wanted) sorted[next++] = place;
  return sorted;
}

/** Which place each position of the population has in the sample, from 1; 0 where it was not drawn. */
function readPlaces(session: Session, { id }: TestedSample, draws: readonly DrawColumns[]): Uint32Array {
  return session.memo(`places ${id}`, () => {
    const drawn = draws.map((draw) => ({ start: draw.start, positions: session.store.drawnPositions(draw.id) }));
    let last = -1;
    for (const { positions } of drawn) for (const position of positions) last = Math.max(last, position);
    const places = new Uint32Array(last + 1);
    for (const { start, positions } of drawn)
      for (let index = 0; index < positions.length; index += 1) places[positions[index] ?? 0] = start + index + 1;
    return places;
  });
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
