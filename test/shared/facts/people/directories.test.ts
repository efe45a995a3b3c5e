import fc from "fast-check";
import { expect, it } from "vitest";
import { readEvidence } from "../../../../shared/facts/evidence-reading.ts";
import { Source } from "../../../../shared/model/source.ts";
import { checkedFacts, reasonsOf, record } from "../recorded-answer.ts";

const source = Source.parse({
  id: "directory",
  kind: "files",
  path: "export",
  groupRoles: { "Ledger Developers": "developer", "cn=ops,ou=groups,dc=example": "operations" },
});

it("SCIM: a user has logins, addresses, and the roles that the source gives to groups; inactive is gone", () => {
  const page = {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
    totalResults: 2,
    Resources: [
      {
        id: "u1",
        userName: "ada",
        name: { givenName: "Ada", familyName: "Example" },
        active: false,
        emails: [{ value: "ada@example.org", primary: true }],
        groups: [
          { value: "g1", display: "ledger developers" },
          { value: "g2", display: "Change-Board" },
        ],
      },
      { id: "u2" },
    ],
  };
  const found = readEvidence(record("scim.users", page), source);
  expect(checkedFacts(found)).toMatchObject([
    { kind: "roster-person", id: "u1", name: "Ada Example", logins: ["ada"], roles: ["developer", "change-board"] },
    { kind: "employment", person: "u1", active: false, joinedAt: null, leftAt: null },
  ]);
  expect(reasonsOf(found)).toEqual([expect.stringContaining("/Resources/1: userName")]);
});

const ldif = `version: 1

# people
dn: uid=ada,ou=people,dc=example
objectClass: inetOrgPerson
cn:: QWRhIEV4w6RtcGxl
uid: ada
mail: ada@exam
 ple.org
memberOf: cn=ops,ou=groups,dc=example
memberOf: cn=Ledger Developers,ou=groups,dc=example
hireDate: 20240115
employeeEndDate: 20250630235959Z
employeeNumber: 17

dn: ou=people,dc=example
objectClass: organizationalUnit
ou: people

dn: cn=Bo,dc=example
objectClass: user
cn: Bo
sAMAccountName: bo
userAccountControl: 514

dn: uid=x,dc=example
objectClass: person
no attribute at all
`;

it("LDIF: folded lines, base64, group names and dates are read; what is no person is passed over", () => {
  const found = readEvidence(record("ldap.ldif", ldif), source);
  expect(checkedFacts(found)).toMatchObject([
    {
      kind: "roster-person",
      origin: { place: "line 3" },
      id: "17",
      name: "Ada Exämple",
      emails: ["ada@example.org"],
      roles: ["operations", "developer"],
    },
    {
      kind: "employment",
      person: "17",
      joinedAt: "2024-01-15T00:00:00.000Z",
      leftAt: "2025-06-30T23:59:59.000Z",
      active: false,
    },
    { kind: "roster-person", id: "bo", logins: ["bo"] },
    { kind: "employment", person: "bo", active: false },
  ]);
  expect(reasonsOf(found)).toEqual(['line 26: "no attribute at all" is no attribute with a value']);
});

it("a list of people says who joined and left, by days of its zone, the last one included", () => {
  const text =
    "name,emails,logins,roles,joined,left\nAda,a@x.org,,developer,2024-01-15,2025-06-30\nBo,b@x.org,,,,\nCy,c@x.org,,,soon,\n";
  const input = { ...record("roster.csv", text), reading: { timeZone: "Europe/Berlin" } };
  const found = readEvidence(input, source);
  expect(checkedFacts(found).filter(({ kind }) => kind === "employment")).toMatchObject([
    { person: "a@x.org", joinedAt: "2024-01-14T23:00:00.000Z", leftAt: "2025-06-30T22:00:00.000Z", active: false },
  ]);
  expect(reasonsOf(found)).toEqual(['line 4: "soon" is not a day']);
});

it("any text gives people or reasons and never a throw", () => {
  fc.assert(
    fc.property(fc.constantFrom("scim.users", "ldap.ldif"), fc.string(), (format, text) => {
      checkedFacts(readEvidence(record(format as "ldap.ldif", `dn: x\n${text}`), source));
    }),
  );
});
