import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, it } from "vitest";
import { readEvidence } from "../../../../shared/facts/evidence-reading.ts";
import type { ReadFacts } from "../../../../shared/model/facts.ts";
import type { Commit } from "../../../../shared/model/git-facts.ts";

const id = "1".repeat(40);
const tree = "a".repeat(40);
const parents = ["b".repeat(40), "c".repeat(40)];
const source = { id: "code", kind: "git", repository: "shop", location: "shop.git", releaseBranch: "main" } as const;

function read(bytes: Uint8Array | string, locator = `git:${id}`): ReadFacts {
  const content = typeof bytes === "string" ? Buffer.from(bytes) : bytes;
  return readEvidence(
    { bytes: content, format: "git.commit", locator, sha256: "e".repeat(64), sourceId: "code", reading: undefined },
    source,
  );
}

function commit(bytes: Uint8Array | string): Commit {
  const [fact] = read(bytes).facts;
  if (fact?.kind !== "commit") throw new Error("no commit was read");
  return fact;
}

function content(author: string, message = "Message\n", headers = ""): string {
  return `tree ${tree}\nparent ${parents[0]}\nparent ${parents[1]}\nauthor ${author}\ncommitter Carl <carl@example.org> 1735732800 +0000\n${headers}\n${message}`;
}

it("reads tree, parents, people, times in UTC and the message", () => {
  expect(read(content("Ada Author <ada@example.org> 1735732800 +0200", "Title\n\nBody\n"))).toEqual({
    facts: [
      {
        kind: "commit",
        origin: { evidence: "e".repeat(64), place: "", source: "code" },
        repository: "shop",
        id,
        tree,
        parents,
        author: { name: "Ada Author", email: "ada@example.org", at: "2025-01-01T12:00:00.000Z" },
        committer: { name: "Carl", email: "carl@example.org", at: "2025-01-01T12:00:00.000Z" },
        message: "Title\n\nBody\n",
        coAuthors: [],
        signed: false,
      },
    ],
    unread: [],
  });
});

it("sees a signature of several lines, a merged tag in it, and the message behind them", () => {
  const headers = [
    "gpgsig -----BEGIN PGP SIGNATURE-----",
    " author Eve <eve@example.org> 1 +0000",
    " ",
    " -----END PGP SIGNATURE-----",
    "mergetag object bbbb",
    " tagger Eve <eve@example.org> 1 +0000",
    "",
  ].join("\n");
  const signed = commit(content("Ada <ada@example.org> 1735732800 +0000", "Real message\n", headers));
  expect(signed).toMatchObject({ signed: true, message: "Real message\n", author: { name: "Ada" } });
});

it.each([
  ["Ada <ada@example.org> -86400 +0000", { name: "Ada", email: "ada@example.org", at: "1969-12-31T00:00:00.000Z" }, 0],
  [
    "Ada <ada@example.org> 99999999999999 +0000",
    { name: "Ada", email: "ada@example.org", at: "1970-01-01T00:00:00.000Z" },
    1,
  ],
  [
    "Ada <ada@example.org> 1735732800 +9999",
    { name: "Ada", email: "ada@example.org", at: "2025-01-01T12:00:00.000Z" },
    0,
  ],
  ["Ada <ada@example.org>", { name: "Ada", email: "ada@example.org", at: "1970-01-01T00:00:00.000Z" }, 1],
  ["Ada <ada@example.org> soon +0000", { name: "Ada", email: "ada@example.org", at: "1970-01-01T00:00:00.000Z" }, 1],
  [" <ada@example.org> 1735732800 +0000", { name: "", email: "ada@example.org", at: "2025-01-01T12:00:00.000Z" }, 0],
  ["Ada <> 1735732800 +0000", { name: "Ada", email: "", at: "2025-01-01T12:00:00.000Z" }, 0],
  [
    "Ada <ada@example.org>> 1735732800 +0000",
    { name: "Ada", email: "ada@example.org", at: "2025-01-01T12:00:00.000Z" },
    0,
  ],
  ["Ada 1735732800 +0000", { name: "Ada 1735732800 +0000", email: "", at: "1970-01-01T00:00:00.000Z" }, 1],
  [
    "Åsa 李 <asa@example.org> 1735732800 +0000",
    { name: "Åsa 李", email: "asa@example.org", at: "2025-01-01T12:00:00.000Z" },
    0,
  ],
])("reads the author line %j and lists what it could not read", (line, expected, unread) => {
  expect(commit(content(line)).author).toEqual(expected);
  expect(read(content(line)).unread.map(({ origin }) => origin.place)).toEqual(unread ? ["author"] : []);
});

it("reads names and messages in the encoding that the commit names, and says where bytes are of no such encoding", () => {
  const latin = Buffer.from(
    content("J\xf6rg <j@example.org> 1735732800 +0000", "Gr\xfc\xdfe\n", "encoding ISO-8859-1\n"),
    "latin1",
  );
  expect(commit(latin)).toMatchObject({ author: { name: "Jörg" }, message: "Grüße\n" });
  expect(read(latin).unread).toEqual([]);
  const unnamed = Buffer.from(content("Ada <ada@example.org> 1735732800 +0000", "Gr\xfc\xdfe\n"), "latin1");
  expect(commit(unnamed).message).toContain("Gr");
  expect(read(unnamed).unread).toMatchObject([{ origin: { place: "message" }, reason: "some of it is not UTF-8" }]);
});

it("what is no commit, or belongs to none, is listed as unread and gives no fact", () => {
  for (const bytes of [
    "",
    "hello",
    `tree ${tree}\n\nmessage`,
    `tree x\nauthor A <a> 1 +0000\ncommitter A <a> 1 +0000\n\n`,
  ]) {
    expect(read(bytes)).toMatchObject({ facts: [], unread: [{ reason: "it is not the content of a commit" }] });
  }
  expect(read(content("Ada <ada@example.org> 1 +0000"), "git:abc").unread[0]?.reason).toContain("names no commit");
});

it("any bytes are read without a throw, and a commit or a reason comes out", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (bytes, asCommit) => {
      const whole = asCommit
        ? Buffer.concat([Buffer.from(`tree ${tree}\nauthor `), bytes, Buffer.from("\ncommitter "), bytes])
        : bytes;
      const { facts, unread } = read(whole);
      expect(facts.length + unread.length).toBeGreaterThan(0);
    }),
  );
});

it("what is written as a commit is read as it was, whatever the names, times and message hold", () => {
  const name = fc.string({ unit: "grapheme", maxLength: 30 }).map((text) => text.replace(/[<>\n\0]/g, "").trim());
  const seconds = fc.integer({ min: -62_167_219_200, max: 253_402_300_799 });
  fc.assert(
    fc.property(name, name, seconds, fc.string({ unit: "grapheme" }), (who, email, at, message) => {
      const text = message.replace(/^\uFEFF/, "");
      const found = commit(content(`${who} <${email}> ${at} +0000`, text));
      expect(found.author).toEqual({ name: who, email, at: new Date(at * 1000).toISOString() });
      expect(found.message).toBe(text);
    }),
  );
});

it("every co-author that git sees in a message is found, whatever stands around", () => {
  const line = fc.oneof(
    fc.constantFrom(
      "Co-authored-by: Bo <bo@example.org>",
      "co-authored-BY:Cy <cy@example.org>",
      "Signed-off-by: Di <di@example.org>",
    ),
    fc.constantFrom(
      "",
      "",
      "Title",
      "* step one",
      "text: more",
      "---------",
      "Co-authored-by: no address",
      " folded on",
    ),
  );
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), (lines) => {
      const message = `Title\n\n${lines.join("\n")}\n`;
      const seen = execFileSync("git", ["interpret-trailers", "--parse"], { input: message, encoding: "utf8" });
      const byGit = [...seen.matchAll(/^co-authored-by: (.*) <([^>\n]*)>$/gim)].map(([, name, email]) => ({
        name,
        email,
      }));
      expect(commit(content("Ada <ada@example.org> 1 +0000", message)).coAuthors).toEqual(
        expect.arrayContaining(byGit),
      );
    }),
    { numRuns: 60 },
  );
});

it("a co-author counts once, and also where text was added below the trailer", () => {
  const message = "Title\n\nCo-authored-by: Bo <bo@example.org>\nCo-authored-by: Bo <BO@example.org>\n\nAdded later.\n";
  expect(commit(content("Ada <ada@example.org> 1 +0000", message)).coAuthors).toEqual([
    { name: "Bo", email: "bo@example.org" },
  ]);
  expect(
    commit(content("Ada <ada@example.org> 1 +0000", "Title\n\nNot a Co-authored-by: Bo <bo@example.org>\n")).coAuthors,
  ).toEqual([]);
});
