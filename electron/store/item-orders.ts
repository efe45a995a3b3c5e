import { ItemOrder } from "../../shared/model/item-order.ts";
import type { Connection } from "./connection.ts";
import { unreadableRow } from "./json-column.ts";

// The only words that become part of a statement.
const keys: Readonly<Record<ItemOrder, string>> = {
  id: "id",
  title: "title COLLATE NOCASE",
  repository: "repository COLLATE NOCASE",
  people: "about COLLATE NOCASE",
  at: "at",
};

/** Set where the order knows no difference to the item before. */
const equalBit = 0x8000_0000;

/** Works out every order of a population that was just frozen, and keeps it. */
export function createOrderKeeper(database: Connection): (freeze: number, size: number) => void {
  const insert = database.prepare("INSERT INTO item_order (freeze, sort, places) VALUES (?, ?, ?)");
  return (freeze, size) => {
    for (const by of ItemOrder.options) {
      // As `0007-kept-orders.ts` does it for the populations that were frozen before.
      const sorted = database
        .prepare<[number], [number, number]>(
          `SELECT position, ${keys[by]} = lag(${keys[by]}) OVER (ORDER BY ${keys[by]}, position) FROM item WHERE freeze = ?`,
        )
        .raw();
      const places = Buffer.alloc(4 * size);
      let at = 0;
      for (const [position, isEqual] of sorted.iterate(freeze))
        at = places.writeUInt32LE((isEqual ? equalBit : 0) + position, at);
      insert.run(freeze, by, places);
    }
  };
}

/** @returns positions of all items in an order; equal ones as they were frozen, up and down */
export function createOrderReader(
  database: Connection,
): (freeze: number, size: number, by: ItemOrder, descending: boolean) => Uint32Array {
  const kept = database
    .prepare<[number, string], Buffer>("SELECT places FROM item_order WHERE freeze = ? AND sort = ?")
    .pluck();
  return (freeze, size, by, descending) => {
    const places = kept.get(freeze, by);
    if (places?.length !== 4 * size || !holdsEachOnce(places)) throw unreadableRow(`the order of items by ${by}`);
    return descending ? turn(places) : straighten(places);
  };
}

/** The file lies where others can write: an order must not hide an item, nor show one twice. */
function holdsEachOnce(places: Buffer): boolean {
  const size = places.length / 4;
  const seen = new Uint8Array(size);
  const view = viewOf(places);
  for (let index = 0; index < size; index += 1) {
    const position = view.getUint32(4 * index, true) & ~equalBit;
    if (position >= size || seen[position] === 1) return false;
    seen[position] = 1;
  }
  return true;
}

function straighten(places: Buffer): Uint32Array {
  const view = viewOf(places);
  const order = new Uint32Array(places.length / 4);
  for (let index = 0; index < order.length; index += 1) order[index] = view.getUint32(4 * index, true) & ~equalBit;
  return order;
}

/** From the end; of equal ones the first is still the first. */
function turn(places: Buffer): Uint32Array {
  const view = viewOf(places);
  const order = new Uint32Array(places.length / 4);
  let next = 0;
  for (let end = order.length; end > 0; ) {
    let start = end - 1;
    while (start > 0 && view.getUint32(4 * start, true) >= equalBit) start -= 1;
    for (let index = start; index < end; index += 1) order[next++] = view.getUint32(4 * index, true) & ~equalBit;
    end = start;
  }
  return order;
}

function viewOf(places: Buffer): DataView {
  return new DataView(places.buffer, places.byteOffset, places.byteLength);
}
