import { TickmarkError } from "../../shared/errors.ts";
import { nounsOf } from "../../shared/model/population-words.ts";
import { Draw, type Freeze, isStatistical } from "../../shared/model/sample.ts";
import type { ActLogging } from "./activity-log.ts";
import { type Connection, inOneStep } from "./connection.ts";
import { createFreezeFinder, toFreeze } from "./frozen-populations.ts";
import { readJson, writeJson } from "./json-column.ts";

export interface DrawReading {
  /** The draw log, the oldest first. */
  draws(): Draw[];
}

export interface DrawWriting {
  /**
   * Logs a draw. It cannot be changed or taken back.
   * @throws seed-used when the seed was used for the same kind of population, request-invalid when the draw does not
   * rest on a frozen population of this engagement, cannot follow the draw that it names, or was logged already
   */
  appendDraw(draw: Draw): void;
}

interface DrawRow {
  readonly number: number;
  readonly id: string;
  readonly json: string;
}

export function readDraws(database: Connection): DrawReading {
  const all = database.prepare<[], DrawRow>("SELECT number, id, json FROM draw ORDER BY number");
  return { draws: () => all.all().map(toDraw) };
}

export function writeDraws(database: Connection, log: ActLogging): DrawWriting {
  const find = createFreezeFinder(database);
  const logged = database.prepare<[string], DrawRow>("SELECT number, id, json FROM draw WHERE id = ?");
  const following = database.prepare<[number], DrawRow>(
    "SELECT number, id, json FROM draw WHERE follows = ? ORDER BY number",
  );
  const usedFor = database
    .prepare<[string, string], string>("SELECT id FROM draw WHERE population = ? AND seed = ?")
    .pluck();
  const insert = database.prepare(
    "INSERT INTO draw (id, freeze, population, seed, json, follows, replaces) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );

  const insertItem = database.prepare(
    "INSERT INTO drawn_item (draw, position, item) SELECT ?, ?, number FROM item WHERE freeze = ? AND id = ?",
  );

  /** Number of the initial draw that this one follows; null for an initial draw. */
  function requireInitial(draw: Draw): number | null {
    const { purpose } = draw;
    if (purpose.kind === "initial") return null;
    const row = logged.get(purpose.of);
    if (!row) throw refused(draw, "the draw that it follows is not in the draw log");
    const earlier = following.all(row.number).map(toDraw);
    requireToFollow(draw, toDraw(row), earlier);
    return row.number;
  }

  return {
    appendDraw(draw) {
      inOneStep(database, () => {
        const freeze = find(draw.freezeId);
        requireSamePopulation(draw, toFreeze(freeze));
        if (logged.get(draw.id) !== undefined) throw refused(draw, "it is in the draw log already");
        const initial = requireInitial(draw);
        if (initial === null && draw.seed !== "" && usedFor.get(draw.population, draw.seed) !== undefined)
          throw usedSeed(draw);
        const replaces = draw.purpose.kind === "replacement" ? draw.purpose.replaces : null;
        const { seed, population } = draw;
        const row = insert.run(draw.id, freeze.number, population, seed, writeJson(draw), initial, replaces);
        for (const [position, id] of draw.items.entries()) {
          const item = insertItem.run(row.lastInsertRowid, position, freeze.number, id);
          if (item.changes === 0) throw refused(draw, `its population has no item "${id}"`);
        }
        log.appendActivity({ by: draw.by, kind: "sample-drawn", subject: draw.id, before: null, after: draw });
      });
    },
  };
}

function toDraw({ id, json }: DrawRow): Draw {
  return readJson(json, Draw, `the draw "${id}"`);
}

function requireSamePopulation(draw: Draw, freeze: Freeze): void {
  if (draw.population !== freeze.population) throw refused(draw, "its population is of another kind");
  if (draw.populationDigest !== freeze.digest) throw refused(draw, "it names another digest than its population has");
  if (draw.populationSize !== freeze.size) throw refused(draw, "it names another size than its population has");
  if (draw.size !== draw.items.length) throw refused(draw, "its size is not the number of its items");
  if (new Set(draw.items).size !== draw.size) throw refused(draw, "it has an item twice");
  if (draw.at < freeze.at) throw refused(draw, "its time is before that of the freeze");
  if (draw.statistical !== isStatistical(draw.method)) throw refused(draw, "its method is not what it says of it");
}

function requireToFollow(draw: Draw, initial: Draw, earlier: readonly Draw[]): void {
  const { purpose } = draw;
  if (initial.purpose.kind !== "initial") throw refused(draw, "the draw that it follows is not an initial one");
  if (draw.seed !== initial.seed) throw refused(draw, "it has another seed than the draw that it follows");
  if (draw.freezeId !== initial.freezeId) throw refused(draw, "the draw that it follows is from another freeze");
  if (draw.method !== initial.method) throw refused(draw, "the draw that it follows was made by another method");
  const used = new Set([initial, ...earlier].flatMap(({ items }) => items));
  if (draw.items.some((item) => used.has(item))) throw refused(draw, "it draws an item again");
  if (purpose.kind === "second-stage" && earlier.some((each) => each.purpose.kind === "second-stage"))
    throw refused(draw, "the second stage was drawn already");
  if (purpose.kind !== "replacement") return;
  if (!used.has(purpose.replaces)) throw refused(draw, `"${purpose.replaces}" was not drawn`);
  const isReplaced = earlier.some(
    (each) => each.purpose.kind === "replacement" && each.purpose.replaces === purpose.replaces,
  );
  if (isReplaced) throw refused(draw, `"${purpose.replaces}" was replaced already`);
}

function refused(draw: Draw, why: string): TickmarkError {
  return new TickmarkError(
    "request-invalid",
    `The draw "${draw.id}" was not logged: ${why}.`,
    "Draw again from the frozen population.",
  );
}

function usedSeed(draw: Draw): TickmarkError {
  return new TickmarkError(
    "seed-used",
    `The seed "${draw.seed}" was used for an earlier draw of ${nounsOf(draw.population)}.`,
    "A seed is used once: give another, which nobody could know before the freeze.",
  );
}
