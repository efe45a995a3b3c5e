import { TickmarkError } from "../../shared/errors.ts";
import { Draw } from "../../shared/model/sample.ts";
import type { ActivityWriting } from "./activity-log.ts";
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
   * rest on a frozen population of this engagement or was logged already
   */
  appendDraw(draw: Draw): void;
}

export function readDraws(database: Connection): DrawReading {
  const all = database.prepare<[], { id: string; json: string }>("SELECT id, json FROM draw ORDER BY number");
  return { draws: () => all.all().map(({ id, json }) => readJson(json, Draw, `the draw "${id}"`)) };
}

export function writeDraws(database: Connection, log: ActivityWriting): DrawWriting {
  const find = createFreezeFinder(database);
  const logged = database.prepare<[string], number>("SELECT number FROM draw WHERE id = ?").pluck();
  const usedFor = database
    .prepare<[string, string], string>("SELECT id FROM draw WHERE population = ? AND seed = ?")
    .pluck();
  const insert = database.prepare("INSERT INTO draw (id, freeze, population, seed, json) VALUES (?, ?, ?, ?, ?)");
  return {
    appendDraw(draw) {
      inOneStep(database, () => {
        const freeze = find(draw.freezeId);
        requireSamePopulation(draw, toFreeze(freeze));
        if (logged.get(draw.id) !== undefined) throw refused(draw, "it is in the draw log already");
        if (draw.seed !== "" && usedFor.get(draw.population, draw.seed) !== undefined) throw usedSeed(draw);
        insert.run(draw.id, freeze.number, draw.population, draw.seed, writeJson(draw));
        log.appendActivity({ by: draw.by, kind: "sample-drawn", subject: draw.id, before: null, after: draw });
      });
    },
  };
}

function requireSamePopulation(draw: Draw, freeze: ReturnType<typeof toFreeze>): void {
  if (draw.population !== freeze.population) throw refused(draw, "its population is of another kind");
  if (draw.populationDigest !== freeze.digest) throw refused(draw, "it names another digest than its population has");
  if (draw.populationSize !== freeze.size) throw refused(draw, "it names another size than its population has");
  if (draw.size !== draw.items.length) throw refused(draw, "its size is not the number of its items");
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
    `The seed "${draw.seed}" was used for an earlier draw of ${draw.population}s.`,
    "A seed is used once: give another, which nobody could know before the freeze.",
  );
}
