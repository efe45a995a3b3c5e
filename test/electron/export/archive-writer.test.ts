import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { crc32, deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { ArchiveWriter } from "../../../electron/export/archive-writer.ts";
import {
  encodeDescriptor,
  encodeDirectoryRecord,
  encodeEnd,
  encodeLocalHeader,
  type ZipRecord,
} from "../../../shared/bundle/zip-records.ts";

/** Bytes that compress, and more of them than a stream holds at once. */
const long = Buffer.from(
  Array.from({ length: 20_000 }, (_, index) =>
    createHash("md5")
      .update(`${index % 700}`)
      .digest("hex"),
  ).join(""),
);

function recordOf(name: string, bytes: Buffer, packed: Buffer, form: ZipRecord["form"], offset: number): ZipRecord {
  const method = form === "whole" || bytes.length === 0 ? 0 : 8;
  return {
    name: Buffer.from(name),
    form,
    method,
    crc32: crc32(bytes),
    compressedSize: packed.length,
    size: bytes.length,
    offset,
  };
}

describe("the archive", () => {
  test("is, byte for byte, what the format says that verification compares it with", async () => {
    const pieces: Uint8Array[] = [];
    const writer = new ArchiveWriter({ write: async (bytes) => void pieces.push(Buffer.from(bytes)) });
    const entries: [string, Buffer, ZipRecord["form"]][] = [
      ["mimetype", Buffer.from("application/x"), "whole"],
      ["small", Buffer.from("text"), "streamed"],
      ["empty", Buffer.alloc(0), "streamed"],
      ["long", long, "streamed"],
      ["pdf", long.subarray(0, 5000), "whole"],
      ["naïve/名前", Buffer.from("x"), "streamed"],
    ];
    for (const [name, bytes, form] of entries) {
      if (form === "whole") await writer.store(name, bytes);
      else if (name === "long")
        await writer.deflateStream(name, Readable.from([bytes.subarray(0, 9), bytes.subarray(9)]));
      else await writer.deflate(name, bytes);
    }
    await writer.finish();

    const expected: Uint8Array[] = [];
    const records: ZipRecord[] = [];
    const length = () => expected.reduce((sum, piece) => sum + piece.length, 0);
    for (const [name, bytes, form] of entries) {
      const packed = form === "whole" || bytes.length === 0 ? bytes : deflateRawSync(bytes, { level: 6 });
      const record = recordOf(name, bytes, packed, form, length());
      expected.push(encodeLocalHeader(record), packed, encodeDescriptor(record));
      records.push(record);
    }
    const directory = length();
    expected.push(...records.map(encodeDirectoryRecord));
    expected.push(encodeEnd(records.length, directory, length() - directory));
    expect(Buffer.concat(pieces).equals(Buffer.concat(expected))).toBe(true);
  });

  test("stops with the fault of its target, and of its source", async () => {
    const full = new ArchiveWriter({ write: () => Promise.reject(new Error("no space")) });
    const writing = async () => {
      for (let index = 0; index < 500; index += 1) await full.deflate(`part-${index}`, long);
      await full.finish();
    };
    await expect(writing()).rejects.toThrow("no space");
    await full.destroy();
    const writer = new ArchiveWriter({ write: async () => undefined });
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from("a");
        throw new Error("unreadable");
      })(),
      { objectMode: false },
    );
    await expect(writer.deflateStream("part", broken)).rejects.toThrow("unreadable");
    await writer.destroy();
  });
});
