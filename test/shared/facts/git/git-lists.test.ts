import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { readEvidence } from "../../../../shared/facts/evidence-reading.ts";
import type { EvidenceFormat } from "../../../../shared/model/evidence.ts";
import type { ReadFacts } from "../../../../shared/model/facts.ts";
import type { MailmapEntry } from "../../../../shared/model/git-facts.ts";

const source = { id: "code", kind: "git", repository: "shop", location: "shop.git", releaseBranch: "main" } as const;
const one = "1".repeat(40);
const two = "2".repeat(64);

function read(format: EvidenceFormat, text: string | Uint8Array, locator = `git:${one}`): ReadFacts {
  const bytes = typeof text === "string" ? Buffer.from(text) : text;
  return readEvidence({ bytes, format, locator, sha256: "e".repeat(64), sourceId: "code", reading: undefined }, source);
}

it("reads refs with what they name and the commit behind it, and lists lines that are none", () => {
  const { facts, unread } = read("git.refs", `${one}  refs/heads/main\n${one} ${two} refs/tags/v1\nnonsense\n`);
  expect(facts).toMatchObject([
    { kind: "ref", name: "refs/heads/main", object: one, commit: one, origin: { place: "line 1" } },
    { kind: "ref", name: "refs/tags/v1", object: one, commit: two, origin: { place: "line 2" } },
  ]);
  expect(unread).toMatchObject([{ origin: { place: "line 3" } }]);
});

it("tells a cut of the clone from the begin of the range", () => {
  expect(read("git.boundary", `${one}\n`).facts).toMatchObject([{ kind: "boundary", commit: one, reason: "shallow" }]);
  expect(read("git.range-boundary", `${one}\n${two}\n`).facts).toMatchObject([
    { commit: one, reason: "before-range" },
    { commit: two, reason: "before-range" },
  ]);
  expect(read("git.range-boundary", "").facts).toEqual([]);
  expect(read("git.boundary", "x\n").unread).toHaveLength(1);
});

const header = (status: string): string => `:100644 100755 ${one} ${one} ${status}\0`;

it("reads changed paths whatever their names hold, and knows that none is an answer too", () => {
  const name = fc.string({ unit: "grapheme", minLength: 1 }).map((text) => text.replace(/\0/g, "") || "x");
  fc.assert(
    fc.property(fc.array(fc.record({ path: name, status: fc.constantFrom("A", "M", "D", "T") })), (paths) => {
      const bytes = paths.map(({ path, status }) => `${header(status)}${path}\0`).join("");
      const clean = paths.map(({ path, status }) => ({ path: path.replace(/^\uFEFF/, ""), status }));
      expect(read("git.changed-paths", bytes)).toMatchObject({
        facts: [{ kind: "changed-paths", commit: one, paths: clean }],
        unread: [],
      });
    }),
  );
});

it("a list of changed paths that is cut off or odd is no list at all", () => {
  for (const bytes of [`${header("M")}a\0${header("M")}b`, `${header("M")}`, "a\0b\0", ":1 2 3 4 M\0a\0"]) {
    expect(read("git.changed-paths", bytes)).toMatchObject({ facts: [], unread: [{ origin: { place: "" } }] });
  }
  expect(read("git.changed-paths", "", "git:refs").unread).toHaveLength(1);
});

it("reads a .mailmap as git does", () => {
  const folder = mkdtempSync(join(tmpdir(), "tickmark-test-"));
  const text = [
    "# people",
    "",
    "Ada Author <ada@old.example.org>",
    "<bo@example.org> <bo@old.example.org>",
    "Cy Chi <cy@example.org> <cy@old.example.org>",
    "Di Dee <di@example.org> Didi <shared@example.org>",
    "  Ed E  <ed@example.org>   <  ed@old.example.org  > # gone",
    "no address",
  ].join("\n");
  try {
    execFileSync("git", ["init", "--quiet", folder]);
    writeFileSync(join(folder, ".mailmap"), text);
    const { facts, unread } = read("git.mailmap", text);
    expect(unread).toMatchObject([{ origin: { place: "line 8" } }]);
    for (const [name, email] of [
      ["Any", "ada@old.example.org"],
      ["Any", "bo@old.example.org"],
      ["Any", "cy@old.example.org"],
      ["Didi", "shared@example.org"],
      ["Other", "shared@example.org"],
    ] as const) {
      const byGit = execFileSync("git", ["-C", folder, "check-mailmap", `${name} <${email}>`], {
        encoding: "utf8",
      }).trim();
      expect(mapped(facts as MailmapEntry[], name, email)).toBe(byGit);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function mapped(entries: readonly MailmapEntry[], name: string, email: string): string {
  const entry = entries.find((one) => one.commitEmail === email && (one.commitName === "" || one.commitName === name));
  return `${entry?.name || name} <${entry?.email || email}>`;
}

it("any bytes in any format give facts or reasons and never a throw", () => {
  const formats = [
    "git.refs",
    "git.reflog",
    "git.boundary",
    "git.range-boundary",
    "git.mailmap",
    "git.changed-paths",
    "git.commit",
  ] as const;
  fc.assert(
    fc.property(fc.constantFrom(...formats), fc.uint8Array({ maxLength: 200 }), (format, bytes) => {
      const { facts, unread } = read(format, bytes);
      expect(Array.isArray(facts) && Array.isArray(unread)).toBe(true);
    }),
  );
});

it("a signature of a key in the keyring is good, trusted or not; every other letter is told apart", () => {
  const lines = [
    "G\tAda\tK1",
    "U\tAda\tK1",
    "U\t\tK2",
    "B\tAda\tK1",
    "X\tA\tK",
    "Y\tA\tK",
    "R\tA\tK",
    "E\t\tK3",
    "N\t\t",
    "?\t\t",
  ];
  const { facts, unread } = read("git.signatures", `${lines.map((line) => `${one}\t${line}`).join("\n")}\n`);
  const statuses = facts.map((fact) => (fact.kind === "commit-signature" ? fact.status : ""));
  expect(statuses).toEqual([
    "good",
    "good",
    "unknown-key",
    "bad",
    "expired",
    "expired",
    "revoked",
    "unknown-key",
    "none",
  ]);
  expect(unread).toMatchObject([{ origin: { place: "line 10" } }]);
});

it("reads the moves of a branch that were no step forward, and lists what it cannot tell", () => {
  const three = "3".repeat(40);
  const line = (before: string, after: string) =>
    `${before} ${after} Dan Deployer <dan@example.org> 1767225600 +0100\tpush`;
  const entry = (moved: string, more: object = {}) =>
    JSON.stringify({ line: line(one, three), moved, bases: [], kept: [three], lost: [one], lostCount: 1, ...more });
  const entries = [
    entry("rewritten"),
    entry("forward", { lost: [], lostCount: 0 }),
    entry("unknown"),
    entry("rewritten", { line: "nonsense" }),
    "{}",
    "nonsense",
  ];
  const { facts, unread } = read("git.reflog", `${entries.join("\n")}\n`, "git:reflog:refs/remotes/origin/release/1");
  expect(facts).toMatchObject([
    {
      ...{ kind: "branch-rewrite", repository: "shop", branch: "release/1", before: one, after: three, lost: [one] },
      ...{ by: "Dan Deployer <dan@example.org>", at: "2026-01-01T00:00:00.000Z", origin: { place: "line 1" } },
    },
  ]);
  expect(unread.map(({ origin }) => origin.place)).toEqual(["line 4", "line 5", "line 6"]);
  expect(read("git.reflog", `${entry("rewritten")}\n`, "git:refs").facts).toEqual([]);
});
