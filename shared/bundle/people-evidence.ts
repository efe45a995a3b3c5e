import type { Sha256 } from "../model/digest.ts";
import type { Item } from "../model/item.ts";
import type { People } from "../model/person.ts";
import { personsIn } from "../population/item-persons.ts";

/** Records on which every account of every person rests whom the items show: from them verification gathers these persons anew. */
export function selectPeopleEvidence(people: People, items: readonly Item[]): Set<Sha256> {
  const shown = new Set(items.flatMap((item) => personsIn(item).map(({ id }) => id)));
  return new Set(
    people.persons
      .filter(({ id }) => shown.has(id))
      .flatMap(({ accounts }) => accounts.flatMap(({ evidence }) => evidence.map((place) => place.evidence))),
  );
}
