import { hash } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { ChangedPathsReader } from "../../../../electron/sources/git/changed-paths-reader.ts";
import { CommitReader, parentsOf } from "../../../../electron/sources/git/commit-reader.ts";

/** The same bytes in pieces, each in memory of its own, as they come through a pipe. */
function pieces(bytes: Uint8Array, sizes: readonly number[]): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    parts.push(Buffer.from(bytes.subarray(at, at + size)));
    at += size;
  }
  return parts;
}

const sizes = fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 1 });
const parent = "b".repeat(40);

function objectOf(parents: number, message: Uint8Array): { id: string; content: Buffer } {
  const head = `tree ${"a".repeat(40)}\n${`parent ${parent}\n`.repeat(parents)}author A <a> 1 +0000\n\n`;
  const content = Buffer.concat([Buffer.from(head), message]);
  return { id: hash("sha1", Buffer.concat([Buffer.from(`commit ${content.length}\0`), content])), content };
}

it("reads commits from a stream however it is cut", () => {
  const commits = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.uint8Array({ maxLength: 90 })), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(commits, sizes, (wanted, cuts) => {
      const objects = wanted.map(([parents, message]) => ({ ...objectOf(parents, message), parents }));
      const stream = objects.map(({ id, content }) =>
        Buffer.concat([Buffer.from(`${id} commit ${content.length}\n`), content, Buffer.from("\n")]),
      );
      const reader = new CommitReader("shop");
      const read = pieces(Buffer.concat(stream), cuts).flatMap((part) => reader.push(part));
      expect(
        [...read, ...reader.end()].map(({ id, bytes, parents }) => ({ id, parents, content: Buffer.from(bytes) })),
      ).toEqual(objects.map(({ id, parents, content }) => ({ id, parents, content })));
      expect(read.every((commit) => parentsOf(commit).every((one) => one === parent))).toBe(true);
    }),
  );
});

it("a stream that ends inside of an object, or names one that is missing or of another kind, is damage", () => {
  const { id, content } = objectOf(1, Buffer.from("x"));
  const half = new CommitReader("shop");
  half.push(Buffer.from(`${id} commit ${content.length}\n${content.toString().slice(0, 10)}`));
  expect(() => half.end()).toThrow(/only a part/);
  expect(() => new CommitReader("shop").push(Buffer.from(`${id} missing\n`))).toThrow(`${id} is missing`);
  expect(() => new CommitReader("shop").push(Buffer.from(`${id} blob 1\nx\n`))).toThrow("is a blob");
  expect(() => new CommitReader("shop").push(Buffer.alloc(200, 97))).toThrow("without a header");
});

it("a content that gives another id is found", () => {
  const { id, content } = objectOf(1, Buffer.from("x"));
  const changed = content.toString().replace("author A", "author B");
  const reader = new CommitReader("shop");
  expect(() => reader.push(Buffer.from(`${id} commit ${content.length}\n${changed}\n`))).toThrow(
    expect.objectContaining({
      code: "git-corrupt",
      message: expect.stringContaining(`${id} has a content that does not match`),
    }),
  );
});

it("reads changed paths from a stream however it is cut, for both kinds of ids", () => {
  const path = fc.string({ minLength: 1, maxLength: 12 }).map((text) => text.replace(/\0/g, ":"));
  const commits = fc.array(fc.array(path, { maxLength: 4 }), { maxLength: 6 });
  fc.assert(
    fc.property(commits, sizes, fc.constantFrom(40 as const, 64 as const), (wanted, cuts, length) => {
      const object = "d".repeat(length);
      const records = wanted.map((paths, index) => ({
        id: String(index).padStart(length, "0"),
        text: paths.map((one) => `:100644 100644 ${object} ${object} M\0${one}\0`).join(""),
      }));
      const stream = Buffer.from(records.map(({ id, text }) => `${id}\0${text}`).join(""));
      const reader = new ChangedPathsReader("shop", length);
      const read = [...pieces(stream, cuts).flatMap((part) => reader.push(part)), ...reader.end()];
      expect(read.map(({ id, bytes }) => ({ id, text: bytes.toString() }))).toEqual(records);
    }),
  );
});

it("changed paths that end in the middle or are of another form are damage", () => {
  const id = "1".repeat(40);
  const half = new ChangedPathsReader("shop", 40);
  half.push(Buffer.from(`${id}\0:100644 100644 ${id} ${id} M\0src/a`));
  expect(() => half.end()).toThrow(/only a part/);
  expect(() => new ChangedPathsReader("shop", 40).push(Buffer.from("abc\0"))).toThrow("of no commit");
  expect(() => new ChangedPathsReader("shop", 40).push(Buffer.from(`${id}\0:${"x".repeat(120)}\0a\0`))).toThrow(
    "cannot be read",
  );
});
