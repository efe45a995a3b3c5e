import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { Readable } from "node:stream";
import { crc32, inflateRawSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { ArchiveWriter } from "../../../electron/export/archive-writer.ts";
import { blockSize, type Packing, packAside, packBytes } from "../../../electron/export/entry-packing.ts";
import {
  encodeDescriptor,
  encodeDirectoryRecord,
  encodeEnd,
  encodeLocalHeader,
  type ZipRecord,
} from "../../../shared/bundle/zip-records.ts";
import { heldRecords } from "./held-records.ts";
import { run, temporaryFolder } from "./real-tools.ts";

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

/** Bytes that compress, and more of them than a block or a stream holds at once. */
const long = Buffer.from(
  Array.from({ length: 100_000 }, (_, index) =>
    createHash("md5")
      .update(`${index % 70_000}`)
      .digest("hex"),
  ).join(""),
);
const png = Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), Buffer.alloc(5000, 1)]);

type Entry = readonly [name: string, bytes: Buffer, packing: Packing | "stream"];
const entries: readonly Entry[] = [
  ["mimetype", Buffer.from("application/x"), "store"],
  ["small", Buffer.from("text text text text text"), "deflate"],
  ["empty", Buffer.alloc(0), "by-content"],
  ["long", long, "by-content"],
  ["stream", long.subarray(7), "stream"],
  ["empty stream", Buffer.alloc(0), "stream"],
  ["picture", png, "by-content"],
  ["naïve/名前", Buffer.from("x"), "deflate"],
];

function cut(bytes: Buffer, size: number): Buffer[] {
  const count = Math.ceil(bytes.length / size);
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
}

async function write(some: readonly Entry[]): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  const writer = new ArchiveWriter({ write: async (bytes) => void pieces.push(Buffer.from(bytes)) }, heldRecords());
  for (const [name, bytes, packing] of some) {
    if (packing !== "stream") await writer.pack(name, bytes, packing);
    else await writer.packStream(name, Readable.from([bytes.subarray(0, 9), bytes.subarray(9)]));
  }
  await writer.finish();
  return Buffer.concat(pieces);
}

describe("the archive", () => {
  test("is without faults for unzip, and holds the entries as they were", async () => {
    const path = folder.at("archive.zip");
    writeFileSync(path, await write(entries));
    expect(run("unzip", ["-t", path])).toContain("No errors detected");
    run("unzip", ["-q", path, "-d", folder.at("unpacked")]);
    for (const [name, bytes] of entries) expect(readFileSync(folder.at(`unpacked/${name}`)).equals(bytes)).toBe(true);
  });

  test("is, byte for byte, what the format says that verification compares it with", async () => {
    const found = await write(entries);
    const expected: Uint8Array[] = [];
    const records: ZipRecord[] = [];
    let at = 0;
    for (const [name, bytes, packing] of entries) {
      const form = packing === "stream" ? "streamed" : "whole";
      const packed = Buffer.concat((await packBytes(bytes, packing === "stream" ? "deflate" : packing)).pieces);
      const isStored = packing !== "stream" && (packing === "store" || bytes.length === 0 || bytes === png);
      const content = packing === "stream" && bytes.length === 0 ? Buffer.from("0300", "hex") : packed;
      const record: ZipRecord = {
        name: Buffer.from(name),
        form,
        method: isStored ? 0 : 8,
        crc32: crc32(bytes),
        compressedSize: content.length,
        size: bytes.length,
        offset: at,
      };
      if (!isStored) expect(inflateRawSync(content).equals(bytes)).toBe(true);
      for (const piece of [encodeLocalHeader(record), content, encodeDescriptor(record)]) {
        expected.push(piece);
        at += piece.length;
      }
      records.push(record);
    }
    const directory = records.map(encodeDirectoryRecord);
    const size = directory.reduce((sum, { length }) => sum + length, 0);
    expected.push(...directory, encodeEnd(records.length, at, size));
    expect(found.equals(Buffer.concat(expected))).toBe(true);
  });

  test("is the same of content that is too large to be held, however it comes in pieces", async () => {
    const large = entries.filter(([, , packing]) => packing !== "stream");
    const pieces: Uint8Array[] = [];
    const writer = new ArchiveWriter({ write: async (bytes) => void pieces.push(Buffer.from(bytes)) }, heldRecords());
    for (const [index, [name, bytes, packing]] of large.entries()) {
      const source = Readable.from(cut(bytes, 100_000 * (index + 1)));
      await writer.packLarge(name, source, packing as Packing, heldRecords());
    }
    await writer.finish();
    expect(Buffer.concat(pieces).equals(await write(large))).toBe(true);
  });

  test("packs to the same bytes wherever a piece ends", async () => {
    const bytes = long.subarray(0, 2 * blockSize + 5);
    const { pieces, ...facts } = await packBytes(bytes, "by-content");
    for (const size of [blockSize - 1, blockSize, 2 * blockSize, bytes.length]) {
      const packed: Uint8Array[] = [];
      const found = await packAside(Readable.from(cut(bytes, size)), "by-content", (piece) => void packed.push(piece));
      expect(found).toEqual(facts);
      expect(Buffer.concat(packed).equals(Buffer.concat(pieces))).toBe(true);
    }
  });

  test("comes out the same however fast its entries are packed", async () => {
    const many = Array.from(
      { length: 700 },
      (_, index): Entry => [`part-${index}`, long.subarray(index, index * 40), "deflate"],
    );
    const first = await write(many);
    expect((await write(many)).equals(first)).toBe(true);
  });

  test("stops with the fault of its target, and of its source", async () => {
    const full = new ArchiveWriter({ write: () => Promise.reject(new Error("no space")) }, heldRecords());
    const writing = async () => {
      for (let index = 0; index < 500; index += 1) await full.deflate(`part-${index}`, long);
      await full.finish();
    };
    await expect(writing()).rejects.toThrow("no space");
    await full.destroy();
    const writer = new ArchiveWriter({ write: async () => undefined }, heldRecords());
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from("a");
        throw new Error("unreadable");
      })(),
      { objectMode: false },
    );
    await expect(writer.packStream("part", broken)).rejects.toThrow("unreadable");
    await writer.destroy();
  });

  test("waits for a slow target before it takes more", async () => {
    let [taken, wanted] = [0, 0];
    const target = {
      write: async ({ length }: Uint8Array) => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        taken += length;
      },
    };
    const slow = new ArchiveWriter(target, heldRecords());
    for (let index = 0; index < 40; index += 1) {
      await slow.store(`part-${index}`, long);
      wanted += long.length;
      // What is under way, and the last entry that was let in.
      expect(wanted - taken).toBeLessThan((12 << 20) + 2 * long.length);
    }
    await slow.finish();
  });
});
