import { TickmarkError } from "../../shared/errors.ts";
import type { Freeze } from "../../shared/model/sample.ts";
import type { ActLogging } from "./activity-log.ts";
import { type Connection, inOneStep } from "./connection.ts";
import { digestLines } from "./digest.ts";
import { createOrderKeeper } from "./item-orders.ts";
import { writeJson } from "./json-column.ts";

/** An item on its way into a frozen population; `title`, `at`, `repository` and `about` are what lists search, sort and show. */
export interface FrozenItem {
  readonly id: string;
  readonly json: unknown;
  readonly title?: string;
  readonly at?: string;
  readonly repository?: string;
  /** What lists search besides the other texts: people, ticket keys. */
  readonly about?: string;
}

export interface PopulationWriting {
  /**
   * Keeps a frozen population, for good.
   * @throws request-invalid when size or digest are not those of the items, or an id is empty, twice there or of two lines
   */
  saveFreeze(freeze: Freeze, items: Iterable<FrozenItem>): void;
}

export function writePopulations(database: Connection, log: ActLogging): PopulationWriting {
  const insertFreeze = database.prepare("INSERT INTO freeze (id, population, json) VALUES (?, ?, ?)");
  const insertItem = database.prepare(
    `INSERT INTO item (freeze, id, position, title, at, repository, about) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (freeze, id) DO NOTHING`,
  );
  const insertContent = database.prepare("INSERT INTO item_content (item, json) VALUES (?, ?)");
  const idsInByteOrder = database.prepare<[number], string>("SELECT id FROM item WHERE freeze = ? ORDER BY id").pluck();
  const keepOrders = createOrderKeeper(database);
  const taken = database.prepare<[string], number>("SELECT number FROM freeze WHERE id = ?").pluck();

  function insertItems(freeze: number, items: Iterable<FrozenItem>): number {
    let position = 0;
    for (const { id, json, title = "", at = "", repository = "", about = "" } of items) {
      if (id === "" || id.includes("\n")) throw refused(`the id ${JSON.stringify(id)} is empty or has a line break`);
      const { changes, lastInsertRowid } = insertItem.run(freeze, id, position, title, at, repository, about);
      if (changes === 0) throw refused(`the id "${id}" occurs twice`);
      insertContent.run(lastInsertRowid, writeJson(json));
      position += 1;
    }
    return position;
  }

  return {
    saveFreeze(freeze, items) {
      inOneStep(database, () => {
        if (taken.get(freeze.id) !== undefined) throw refused(`there is a frozen population "${freeze.id}" already`);
        const number = Number(insertFreeze.run(freeze.id, freeze.population, writeJson(freeze)).lastInsertRowid);
        const size = insertItems(number, items);
        if (size !== freeze.size) throw refused(`${freeze.size} items were announced and ${size} came`);
        // Everything after rests on this digest, so it is taken again from what the file now holds.
        if (digestLines(idsInByteOrder.iterate(number)) !== freeze.digest)
          throw refused("the digest is not that of its ids");
        keepOrders(number, size);
        log.appendActivity({
          by: freeze.by,
          kind: "population-frozen",
          subject: freeze.id,
          before: null,
          after: freeze,
        });
      });
    },
  };
}

function refused(why: string): TickmarkError {
  return new TickmarkError(
    "request-invalid",
    `The population cannot be frozen: ${why}.`,
    "Nothing was frozen. Check the source that the items come from, and freeze again.",
  );
}
