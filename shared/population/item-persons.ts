import type { Item } from "../model/item.ts";
import type { UnknownIdentity } from "../model/people-decision.ts";
import { Account, PersonRef } from "../model/person.ts";

/** Parts of items that name nobody. */
const withoutPersons = new Set(["evidence", "coverage"]);

/** Every person that an item shows, wherever in it. */
export function personsIn(item: Item): PersonRef[] {
  const found: PersonRef[] = [];
  const waiting: unknown[] = [item];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (Array.isArray(value)) waiting.push(...value);
    else if (typeof value === "object" && value !== null) {
      if ("known" in value && "account" in value) {
        const person = PersonRef.safeParse(value).data;
        if (person) found.push(person);
      } else for (const [key, part] of Object.entries(value)) if (!withoutPersons.has(key)) waiting.push(part);
    }
  }
  return found.filter(({ account }) => account !== "");
}

/** Accounts in items behind which nobody is known, those that show in most items first. */
export function listUnknown(items: Iterable<Item>): UnknownIdentity[] {
  const unknown = new Map<string, UnknownIdentity>();
  for (const item of items) {
    const own = new Map(personsIn(item).flatMap((person) => (person.known ? [] : [[person.id, person]])));
    for (const [id, person] of own) {
      const found = unknown.get(id);
      if (found) found.items += 1;
      else {
        const account = Account.safeParse({ system: /^unknown:([a-z-]+):/.exec(id)?.[1], name: person.account }).data;
        if (account) unknown.set(id, { account, name: person.name, items: 1, example: item.id });
      }
    }
  }
  return [...unknown.values()].sort((a, b) => b.items - a.items || (a.account.name < b.account.name ? -1 : 1));
}
