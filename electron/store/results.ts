import { TickmarkError } from "../../shared/errors.ts";
import { type Outcome, Result } from "../../shared/model/result.ts";
import { type Connection, inOneStep } from "./connection.ts";
import { readJson, writeJson } from "./json-column.ts";
import { readInPages } from "./paging.ts";

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

export interface ResultReading {
  /** In the order in which they were saved. */
  results(filter: ResultFilter): IterableIterator<Result>;
  /** By control, assertion and outcome, in this order; what did not occur is left out. */
  resultCounts(drawId: string): ResultCount[];
}

export interface ResultWriting {
  /** Puts the results of a draw in the place of earlier ones: they are derived. @throws request-invalid for an unknown draw */
  replaceResults(drawId: string, results: Iterable<Result>): void;
}

type ResultRow = { number: number; json: string };
const numberOf = ({ number }: ResultRow) => number;

export function readResults(database: Connection): ResultReading {
  const find = database.prepare<[string], number>("SELECT number FROM draw WHERE id = ?").pluck();
  const counts = database.prepare<[string], ResultCount>(
    `SELECT r.control, r.assertion, r.outcome, count(*) AS count FROM result r JOIN draw d ON d.number = r.draw
     WHERE d.id = ? GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  );
  return {
    *results({ drawId, ...filter }) {
      const draw = find.get(drawId);
      if (draw === undefined) return;
      const page = database.prepare<Record<string, string | number>, ResultRow>(selectResults(filter));
      const rows = readInPages((after, limit) => page.all({ ...filter, draw, after, limit }), numberOf);
      for (const { number, json } of rows) yield readJson(json, Result, `result ${number}`);
    },
    resultCounts: (drawId) => counts.all(drawId),
  };
}

function selectResults({ control, item, outcome }: Omit<ResultFilter, "drawId">): string {
  const conditions = [
    // An item has few results, found through its index; all results of a draw lie together and are read in their order.
    item === undefined ? "+draw = @draw" : "draw = @draw AND item = @item",
    "number > @after",
    control === undefined ? [] : "control = @control",
    outcome === undefined ? [] : "outcome = @outcome",
  ];
  return `SELECT number, json FROM result WHERE ${conditions.flat().join(" AND ")} ORDER BY number LIMIT @limit`;
}

export function writeResults(database: Connection): ResultWriting {
  const find = database.prepare<[string], number>("SELECT number FROM draw WHERE id = ?").pluck();
  const clear = database.prepare("DELETE FROM result WHERE draw = ?");
  const insert = database.prepare(
    "INSERT INTO result (draw, control, assertion, item, outcome, json) VALUES (?, ?, ?, ?, ?, ?)",
  );
  return {
    replaceResults(drawId, results) {
      inOneStep(database, () => {
        const draw = find.get(drawId);
        if (draw === undefined) {
          throw new TickmarkError(
            "request-invalid",
            `There is no draw "${drawId}" in the draw log.`,
            "Draw a sample first.",
          );
        }
        clear.run(draw);
        for (const result of results) {
          const { control, assertion, item, outcome } = result;
          insert.run(draw, control, assertion, item, outcome, writeJson(result));
        }
      });
    },
  };
}
