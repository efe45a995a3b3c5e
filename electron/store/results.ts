import { z } from "zod";
import type { PopulationKind } from "../../shared/model/population-kind.ts";
import type { Outcome, Result } from "../../shared/model/result.ts";
import { stateResults, TestedControl } from "../../shared/model/tested-control.ts";
import type { ControlVerdicts } from "../../shared/model/verdict-table.ts";
import type { Connection } from "./connection.ts";
import { toPositions } from "./frozen-populations.ts";
import { type ItemTexts, type LatestTexts, textOfItem } from "./item-texts.ts";
import { readJson } from "./json-column.ts";
import { letterOf, outcomeOf, outcomesOf } from "./verdict-letters.ts";

export interface ResultFilter {
  readonly drawId: string;
  readonly control?: string;
  readonly item?: string;
  readonly outcome?: Outcome;
}

export interface ResultCount {
  readonly control: string;
  readonly assertion: string;
  readonly outcome: Outcome;
  readonly count: number;
}

/** How one control's assertions came out on all items of a draw. */
export interface OutcomeColumn {
  readonly control: string;
  /** Ids, in the catalog's order. */
  readonly assertions: readonly string[];
  /** Outcomes of the item at this position of the draw, by assertion. */
  outcomesAt(position: number): readonly Outcome[];
  /** Puts the control's outcome of each item in the place of a better one: 1 not applicable, 2 pass, 3 no evidence, 4 fail. */
  weigh(items: Uint8Array): void;
}

/** What a control's results of a draw rest on. */
export interface ResultBasis {
  readonly control: string;
  /** Digest; empty where it is not known. */
  readonly basis: string;
}

export interface ResultReading {
  /** By item in the order of the draw, then in the order of the catalog. */
  results(filter: ResultFilter): IterableIterator<Result>;
  /** The same without what the rules read, which stands in the item: in little memory, since a draw may be of everything. */
  verdicts(drawId: string): IterableIterator<ItemVerdicts>;
  /** Outcomes alone, of every control, in little memory: a draw may be of everything. */
  outcomeColumns(drawId: string): OutcomeColumn[];
  /** By control, assertion and outcome, in this order; what did not occur is left out. */
  resultCounts(drawId: string): ResultCount[];
  /** Positions in the frozen population of the items of a draw, in the order of the draw. */
  drawnPositions(drawId: string): Uint32Array;
  /** Id, title, repository, people and keys of each item of these draws, in their order, to find words in: see itemTexts. */
  drawnTexts(drawIds: readonly string[]): ItemTexts;
  /** Controls that have results of the draw. */
  resultBases(drawId: string): ResultBasis[];
  /** Drawn items in the order of the draw, from a position on, for the caller to parse. */
  drawnItems(drawId: string, from: number, limit: number): DrawnItem[];
  /** The same with those whose id alone is known: their JSON is null. */
  drawnRows(drawId: string, from: number, limit: number): DrawnItem[];
}

/** What every control says of an item, in the order of the catalog. */
export interface ItemVerdicts {
  readonly item: string;
  readonly controls: readonly ControlVerdicts[];
}

export interface DrawnItem {
  readonly id: string;
  /** In the draw, from 0. */
  readonly position: number;
  readonly json: unknown;
}

export interface ControlRow {
  readonly control: string;
  readonly testing: number;
  readonly slot: number;
  readonly basis: string;
  readonly json: string;
  /** Outcomes of all items, in the order of the draw, each by assertion. */
  readonly letters: string;
}

interface DrawRow {
  readonly number: number;
  readonly population: PopulationKind;
}

interface ItemRow {
  readonly id: string;
  readonly position: number;
  readonly json: string;
}

interface VerdictRow {
  readonly position: number;
  readonly reasons: string;
}

const itemsAtOnce = 200;

const Reasons = z.array(z.array(z.string()));

export function readResults(database: Connection, latestTexts: LatestTexts): ResultReading {
  const find = database.prepare<[string], DrawRow>("SELECT number, population FROM draw WHERE id = ?");
  const controlsOf = database.prepare<[number], ControlRow>(
    "SELECT control, testing, slot, basis, json, letters FROM tested_control WHERE draw = ? ORDER BY place",
  );
  const items = database.prepare<[number, number, number], ItemRow>(
    `SELECT i.id, t.position, c.json FROM drawn_item t JOIN item i ON i.number = t.item JOIN item_content c ON c.item = t.item
     WHERE t.draw = ? AND t.position > ? ORDER BY t.position LIMIT ?`,
  );
  // A bundle that is browsed has the ids of a draw from an earlier freeze, and nothing else of its items.
  const allItems = database.prepare<[number, number, number], Omit<ItemRow, "json"> & { readonly json: string | null }>(
    `SELECT i.id, t.position, c.json FROM drawn_item t JOIN item i ON i.number = t.item
     LEFT JOIN item_content c ON c.item = t.item WHERE t.draw = ? AND t.position >= ? ORDER BY t.position LIMIT ?`,
  );
  const item = database.prepare<[number, string], ItemRow>(
    `SELECT i.id, t.position, c.json FROM drawn_item t JOIN item i ON i.number = t.item JOIN item_content c ON c.item = i.number
     WHERE t.draw = ? AND i.id = ?`,
  );
  const verdicts = database.prepare<[number, number, number], VerdictRow>(
    "SELECT position, reasons FROM verdict WHERE testing = ? AND position BETWEEN ? AND ?",
  );

  const drawn = database
    .prepare<[number], number>("SELECT item FROM drawn_item WHERE draw = ? ORDER BY position")
    .pluck();
  const firstOf = database
    .prepare<[number], number>(
      "SELECT i.number FROM draw d JOIN item i ON i.freeze = d.freeze AND i.position = 0 WHERE d.number = ?",
    )
    .pluck();
  const count = database.prepare<[number], number>("SELECT count(*) FROM drawn_item WHERE draw = ?").pluck();
  const texts = database
    .prepare<[number, number, number], string>(
      `SELECT ${textOfItem} FROM drawn_item t JOIN item i ON i.number = t.item
       WHERE t.draw = ? AND t.position >= ? AND t.position < ? ORDER BY t.position`,
    )
    .pluck();

  function* pagesOf(draw: number): Generator<ItemRow[]> {
    for (let after = -1; ; ) {
      const rows = items.all(draw, after, itemsAtOnce);
      const last = rows.at(-1);
      if (!last) return;
      yield rows;
      after = last.position;
    }
  }

  function* state(draw: DrawRow, columns: readonly VerdictColumn[], rows: readonly ItemRow[]): Generator<Result> {
    for (const { json, controls } of judged(columns, rows)) {
      // As it was frozen; whoever shows the item parses it by its schema.
      const frozen = JSON.parse(json);
      for (const { tested, verdicts } of controls) yield* stateResults(tested, draw.population, frozen, verdicts);
    }
  }

  function* judged(columns: readonly VerdictColumn[], rows: readonly ItemRow[]): Generator<ItemVerdicts & ItemRow> {
    const [first, last] = [rows[0], rows.at(-1)];
    if (!first || !last) return;
    const reasons = new Map(
      [...new Set(columns.map(({ row }) => row.testing))].map((testing) => {
        const found = verdicts.all(testing, first.position, last.position);
        return [testing, new Map(found.map((each) => [each.position, toReasons(each)]))];
      }),
    );
    for (const itemRow of rows) {
      const { id, position } = itemRow;
      const controls = columns.map(({ row, tested, outcomesAt }) => {
        const own = reasons.get(row.testing)?.get(position)?.[row.slot] ?? [];
        return {
          tested,
          verdicts: outcomesAt(position).map((outcome, index) => ({ outcome, reason: own[index] ?? "" })),
        };
      });
      yield { ...itemRow, item: id, controls };
    }
  }

  return {
    *results({ drawId, control, item: id, outcome }) {
      const draw = find.get(drawId);
      if (!draw) return;
      const controls = controlsOf.all(draw.number).filter((row) => control === undefined || row.control === control);
      if (controls.length === 0) return;
      const columns = controls.map(toVerdictColumn);
      for (const rows of id === undefined ? pagesOf(draw.number) : [item.all(draw.number, id)])
        for (const result of state(draw, columns, rows))
          if (outcome === undefined || result.outcome === outcome) yield result;
    },
    *verdicts(drawId) {
      const draw = find.get(drawId);
      const columns = draw ? controlsOf.all(draw.number).map(toVerdictColumn) : [];
      if (!draw || columns.length === 0) return;
      for (const rows of pagesOf(draw.number))
        for (const { item, controls } of judged(columns, rows)) yield { item, controls };
    },
    outcomeColumns(drawId) {
      const draw = find.get(drawId);
      return draw ? controlsOf.all(draw.number).map(toColumn) : [];
    },
    resultCounts(drawId) {
      const draw = find.get(drawId);
      return draw ? controlsOf.all(draw.number).flatMap(countOutcomes).sort(byName) : [];
    },
    drawnItems(drawId, from, limit) {
      const draw = find.get(drawId);
      const rows = draw ? items.all(draw.number, from - 1, limit) : [];
      return rows.map(({ id, position, json }) => ({ id, position, json: JSON.parse(json) }));
    },
    drawnRows(drawId, from, limit) {
      const draw = find.get(drawId);
      const rows = draw ? allItems.all(draw.number, from, limit) : [];
      return rows.map(({ id, position, json }) => ({ id, position, json: json === null ? null : JSON.parse(json) }));
    },
    drawnPositions(drawId) {
      const draw = find.get(drawId);
      return draw ? toPositions(drawn.all(draw.number), firstOf.get(draw.number)) : new Uint32Array();
    },
    drawnTexts(drawIds) {
      const draws = drawIds
        .flatMap((id) => find.get(id) ?? [])
        .map(({ number }) => ({ number, size: count.get(number) ?? 0 }));
      const size = draws.reduce((sum, draw) => sum + draw.size, 0);
      return latestTexts.of(`draws ${drawIds.join(" ")}`, size, (from, limit) => {
        let start = 0;
        return draws.flatMap((draw) => {
          const own = from - start;
          start += draw.size;
          return texts.all(draw.number, own, own + limit);
        });
      });
    },
    resultBases(drawId) {
      const draw = find.get(drawId);
      return draw ? controlsOf.all(draw.number).map(({ control, basis }) => ({ control, basis })) : [];
    },
  };
}

/** By the code of the letter: a draw of everything has millions of them. */
const weights = new Uint8Array(128);
for (const [index, outcome] of (["not-applicable", "pass", "no-evidence", "fail"] as const).entries())
  weights[letterOf(outcome).charCodeAt(0)] = index + 1;

function toTested({ control, json }: ControlRow): TestedControl {
  return readJson(json, TestedControl, `what was tested of ${control}`);
}

interface VerdictColumn extends Pick<OutcomeColumn, "outcomesAt"> {
  readonly row: ControlRow;
  readonly tested: TestedControl;
}

function toVerdictColumn(row: ControlRow): VerdictColumn {
  return { row, tested: toTested(row), outcomesAt: toColumn(row).outcomesAt };
}

function toReasons({ reasons }: VerdictRow): string[][] {
  return readJson(reasons, Reasons, "the reasons of a result");
}

function toColumn(row: ControlRow): OutcomeColumn {
  const assertions = toTested(row).assertions.map(({ id }) => id);
  const width = assertions.length;
  return {
    control: row.control,
    assertions,
    outcomesAt: (position) => outcomesOf(row.letters.slice(position * width, (position + 1) * width)),
    weigh(items) {
      for (let place = 0, position = 0; place < row.letters.length; position += 1) {
        let worst = items[position] ?? 0;
        for (const end = place + width; place < end; place += 1) {
          const weight = weights[row.letters.charCodeAt(place)] ?? 0;
          if (weight > worst) worst = weight;
        }
        items[position] = worst;
      }
    },
  };
}

function countOutcomes(row: ControlRow): ResultCount[] {
  const { control, assertions } = toTested(row);
  return assertions.flatMap(({ id: assertion }, index) => {
    const counts = new Map<string, number>();
    for (let place = index; place < row.letters.length; place += assertions.length) {
      const letter = row.letters.charAt(place);
      counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
    return [...counts].map(([letter, count]) => ({ control, assertion, outcome: outcomeOf(letter), count }));
  });
}

function byName(left: ResultCount, right: ResultCount): number {
  const [one, other] = [left, right].map(({ control, assertion, outcome }) => `${control} ${assertion} ${outcome}`);
  return (one ?? "") < (other ?? "") ? -1 : 1;
}
