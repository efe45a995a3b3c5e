import { z } from "zod";
import type { Fact, ReadFacts } from "../../model/facts.ts";
import type { Origin } from "../../model/origin.ts";
import type { Source } from "../../model/source.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { originOf, parseElements, parseShape, type Unreadable, unreadWhole } from "../json-evidence.ts";
import { createAccount } from "../line-evidence.ts";
import { rolesOf } from "./directory-roles.ts";

const Text = z.string().nullish();
const Many = z.array(z.object({ value: Text, display: Text })).nullish();
const User = z.object({
  id: z.string(),
  userName: z.string(),
  externalId: Text,
  displayName: Text,
  name: z.object({ formatted: Text, givenName: Text, familyName: Text }).nullish(),
  active: z.boolean().nullish(),
  emails: Many,
  groups: Many,
  roles: Many,
});

/** Users of a directory by SCIM 2.0 (RFC 7643). Whom it calls inactive left, though it does not say when. */
export function readScimUsers(input: EvidenceInput, source: Source): ReadFacts {
  const page = parseElements(input, "/Resources");
  if ("reason" in page) return unreadWhole(input, page);
  const account = createAccount();
  for (const [index, element] of page.elements.entries()) {
    const origin = originOf(input, `/Resources/${page.first + index}`);
    account.add(readUser(element, origin, source), origin);
  }
  // Only lines of a file are counted against it.
  const { facts, unread } = account.total();
  return { facts, unread };
}

function readUser(element: unknown, origin: Origin, source: Source): readonly Fact[] | Unreadable {
  const parsed = parseShape(User, element);
  if ("reason" in parsed) return parsed;
  const { id, userName, displayName, name, active, emails, groups, roles } = parsed.data;
  const parts = [name?.givenName, name?.familyName].filter(Boolean).join(" ");
  const listed = [...(groups ?? []), ...(roles ?? [])].flatMap((one) => one.display || one.value || []);
  const addresses = (emails ?? []).flatMap(({ value }) => value || []);
  return [
    {
      kind: "roster-person",
      origin,
      id,
      name: displayName || name?.formatted || parts || userName,
      emails: addresses,
      logins: [userName],
      roles: rolesOf(listed, source),
    },
    { kind: "employment", origin, person: id, joinedAt: null, leftAt: null, active: active ?? true },
  ];
}
