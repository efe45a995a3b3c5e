import type { Item } from "../../../shared/model/item.ts";
import { tellItem } from "../../../shared/model/item-telling.ts";
import type { Entry } from "./link-entry.ts";

/** What an item of a kind without a chain of its own says, field by field. */
export function toldEntries(item: Item): Entry[] {
  return tellItem(item).flatMap(({ name, lines }) =>
    lines.map((line) => ({ text: `${name}: ${line}`, at: null, clock: null, account: "" })),
  );
}
