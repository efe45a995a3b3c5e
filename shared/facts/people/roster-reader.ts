import type { Fact, ReadFacts, Unread } from "../../model/facts.ts";
import type { peopleFormats } from "../../model/formats/people-formats.ts";
import type { RosterPerson } from "../../model/people-facts.ts";
import { readRosterText } from "../../model/roster.ts";
import { decodeUtf8 } from "../../model/text.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import type { FormatReaders } from "../format-reader.ts";
import { originOf, unreadWhole } from "../json-evidence.ts";
import { employmentOf } from "./employment.ts";
import { readLdif } from "./ldif-reader.ts";
import { readScimUsers } from "./scim-reader.ts";

/** Readers of lists of people. */
export const rosterReaders: FormatReaders<(typeof peopleFormats)[number]> = {
  "roster.csv": readRoster,
  "scim.users": readScimUsers,
  "ldap.ldif": readLdif,
};

/** Reads the entity's list of people. A role that is not known is listed as unread; its person is read all the same. */
function readRoster(input: EvidenceInput): ReadFacts {
  const text = decodeUtf8(input.bytes);
  if (text === null) return unreadWhole(input, { reason: "it is not UTF-8" });
  const roster = readRosterText(text);
  if (roster.missing.length > 0) {
    return unreadWhole(input, { reason: `it has no column ${roster.missing.join(", ")}` });
  }
  const people = roster.people.map(
    ({ line, id, name, emails, logins, roles }): RosterPerson => ({
      origin: originOf(input, `line ${line}`),
      kind: "roster-person",
      id,
      name,
      emails: [...emails],
      logins: [...logins],
      roles: [...roles],
    }),
  );
  const employments = roster.people.flatMap(({ line, id, joined, left }) => {
    if (joined === "" && left === "") return [];
    const origin = originOf(input, `line ${line}`);
    return [employmentOf({ origin, person: id, joined, left, active: null }, input.reading)];
  });
  const facts: Fact[] = [...people, ...employments.flatMap(({ fact }) => fact)];
  const unread: Unread[] = [
    ...employments.flatMap(({ unread }) => unread),
    ...[
      ...roster.unread,
      ...roster.people.flatMap(({ line, unknownRoles }) =>
        unknownRoles.map((role) => ({ line, reason: `the role "${role}" is not known` })),
      ),
    ].map(({ line, reason }) => ({ origin: originOf(input, `line ${line}`), reason })),
  ];
  return { facts, unread };
}
