import { encodeCanonical } from "../model/canonical-json.ts";
import { Account, type People, type Person, type PersonRef } from "../model/person.ts";
import { type Check, failed, passed } from "../model/verification-report.ts";
import { createDirectory, type Directory } from "../population/directory.ts";
import { personsIn } from "../population/item-persons.ts";
import type { BundleStatements } from "./bundle-reading.ts";
import { firstDifference } from "./difference.ts";
import type { Rebuilt } from "./fact-check.ts";

/**
 * With all evidence the list of persons comes out of it, and of the decisions before the freeze, as a whole. A part of the
 * evidence holds what every account of every person rests on whom the sampled items show, so these come out; and it knows
 * nobody behind an account that the items call unknown.
 */
export function checkPeople(statements: BundleStatements, rebuilt: Rebuilt): Check {
  if ("problem" in rebuilt) return failed("people", rebuilt.problem);
  const { people } = statements;
  if (statements.engagement.evidenceScope === "all") return compareAll(people, rebuilt.people);
  const shown = [...statements.items.values()].flatMap((items) => items.flatMap(personsIn));
  const stated = new Map(people.persons.map((person) => [person.id, person]));
  const directory = createDirectory(rebuilt.people);
  const known = new Map(shown.filter(({ known: isKnown }) => isKnown).map((person) => [person.id, person]));
  for (const [id] of known) {
    const person = stated.get(id);
    if (!person) return failed("people", "An item shows a person whom the list does not have.", { subject: id });
    const fault = findFault(person, directory);
    if (fault) return fault;
  }
  return (
    findKnown(shown, directory) ??
    passed(
      "people",
      `${known.size} persons whom the sampled items show come out of the evidence with all their accounts.`,
    )
  );
}

function compareAll(stated: People, found: People): Check {
  if (encodeCanonical(stated) === encodeCanonical(found)) {
    return passed("people", `All ${found.persons.length} persons come out of the evidence with all their accounts.`);
  }
  const difference = firstDifference(stated, found);
  return failed("people", `The evidence and the decisions give other persons at ${difference.path}.`, {
    subject: "people.json",
    expected: difference.left,
    found: difference.right,
  });
}

function findFault(person: Person, directory: Directory): Check | undefined {
  for (const account of person.accounts) {
    const found = directory.resolve(account);
    const says = ({ id, name, bot, roles }: Pick<PersonRef, "id" | "name" | "bot" | "roles">) =>
      encodeCanonical({ id, name, bot, roles });
    if (says(found) === says(person)) continue;
    return failed("people", "The evidence gives an account to somebody else, or to nobody.", {
      subject: `${account.system}:${account.name}`,
      expected: says(person),
      found: found.known ? says(found) : "nobody who is known",
    });
  }
  return undefined;
}

/** An account that the items call unknown, and that the evidence gives to somebody. */
function findKnown(shown: readonly PersonRef[], directory: Directory): Check | undefined {
  for (const { id, known, account: name } of shown) {
    if (known) continue;
    const account = Account.safeParse({ system: /^unknown:([a-z-]+):/.exec(id)?.[1], name }).data;
    const found = account && directory.resolve(account);
    if (!found?.known) continue;
    return failed("people", "The evidence knows somebody behind an account that an item calls unknown.", {
      subject: id,
      expected: "nobody who is known",
      found: found.id,
    });
  }
  return undefined;
}
