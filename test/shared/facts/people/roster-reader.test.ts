import { expect, it } from "vitest";
import { readEvidence } from "../../../../shared/facts/evidence-reading.ts";
import type { ReadFacts } from "../../../../shared/model/facts.ts";

function read(text: string | Uint8Array): ReadFacts {
  const bytes = typeof text === "string" ? Buffer.from(text) : text;
  return readEvidence(
    {
      bytes,
      format: "roster.csv",
      locator: "people.csv",
      sha256: "e".repeat(64),
      sourceId: "people",
      reading: undefined,
    },
    { id: "people", kind: "roster", path: "people.csv" },
  );
}

it("reads people with several addresses, logins and roles, by semicolons or spaces", () => {
  const { facts, unread } = read(
    '\uFEFFName,Emails,Logins,Roles,Id\r\n"Author, Ada",ada@example.org; a@example.org,ada adA2,Developer;change-board,7\r\nBo,bo@example.org,,,\r\n',
  );
  expect(unread).toEqual([]);
  expect(facts).toMatchObject([
    {
      kind: "roster-person",
      id: "7",
      name: "Author, Ada",
      emails: ["ada@example.org", "a@example.org"],
      logins: ["ada", "adA2"],
      roles: ["developer", "change-board"],
    },
    { id: "bo@example.org", logins: [], roles: [], origin: { place: "line 3" } },
  ]);
});

it("a line without a name, without an account, with an id twice or with an unknown role is listed", () => {
  const { facts, unread } = read(
    "id,name,emails,logins,roles\n1,,a@example.org,,\n2,Bo,,,\n3,Cy,c@example.org,,\n3,Di,d@example.org,,wizard\n4,Ed,e@example.org,,wizard\n5,Short\n",
  );
  expect(facts.map((fact) => fact.kind === "roster-person" && fact.name)).toEqual(["Cy", "Ed"]);
  expect(unread.map(({ origin, reason }) => `${origin.place}: ${reason}`)).toEqual([
    "line 2: it has no name",
    "line 3: Bo has neither an address nor a login",
    'line 5: the id "3" is there already',
    "line 7: it has 2 cells where the file has 5 columns",
    'line 6: the role "wizard" is not known',
  ]);
});

it("a list without its columns, or in another encoding, gives nobody and says why", () => {
  expect(read("name,mail\nAda,a@example.org\n")).toMatchObject({
    facts: [],
    unread: [{ reason: "it has no column emails, logins, roles" }],
  });
  expect(read(Buffer.from("name\xff", "latin1"))).toMatchObject({ facts: [], unread: [{ reason: "it is not UTF-8" }] });
});
