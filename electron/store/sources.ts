import { TickmarkError } from "../../shared/errors.ts";
import { Source } from "../../shared/model/source.ts";
import type { ActLogging } from "./activity-log.ts";
import { type Connection, inOneStep } from "./connection.ts";
import { readJson, writeJson } from "./json-column.ts";

export interface SourceReading {
  /** In the order in which they were added. */
  listSources(): Source[];
  /** @throws source-unknown */
  sourceById(id: string): Source;
}

export interface SourceWriting {
  /** @throws source-invalid when another source has the id */
  addSource(source: Source): void;
}

export function readSources(database: Connection): SourceReading {
  const all = database.prepare<[], { id: string; json: string }>("SELECT id, json FROM source ORDER BY number");
  const one = database.prepare<[string], { id: string; json: string }>("SELECT id, json FROM source WHERE id = ?");
  const parse = (row: { id: string; json: string }) => readJson(row.json, Source, `source "${row.id}"`);
  return {
    listSources: () => all.all().map(parse),
    sourceById(id) {
      const row = one.get(id);
      if (row) return parse(row);
      throw new TickmarkError(
        "source-unknown",
        `There is no source "${id}" in this engagement.`,
        "List the sources to see their ids.",
      );
    },
  };
}

export function writeSources(database: Connection, log: ActLogging, by: string): SourceWriting {
  const taken = database.prepare<[string], number>("SELECT number FROM source WHERE id = ?").pluck();
  const insert = database.prepare("INSERT INTO source (id, json) VALUES (?, ?)");
  return {
    addSource(source) {
      inOneStep(database, () => {
        if (taken.get(source.id) !== undefined) {
          throw new TickmarkError(
            "source-invalid",
            `There is a source "${source.id}" already.`,
            "Give the new source an id of its own.",
          );
        }
        insert.run(source.id, writeJson(source));
        log.appendActivity({ by, kind: "source-added", subject: source.id, before: null, after: source });
      });
    },
  };
}
