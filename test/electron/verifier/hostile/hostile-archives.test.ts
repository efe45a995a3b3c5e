import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { crc32, deflateRawSync } from "node:zlib";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { openArchive } from "../../../../electron/verifier/archive.ts";
import { verifyBundle } from "../../../../electron/verifier/verify-bundle.ts";
import {
  encodeDirectoryRecord,
  encodeEnd,
  encodeLocalHeader,
  type ZipRecord,
} from "../../../../shared/bundle/zip-records.ts";
import { firstFailure } from "../../../../shared/model/verification-report.ts";
import { run, temporaryFolder } from "../../export/real-tools.ts";
import { craftArchive } from "../crafted-archive.ts";
import { hostileArchives } from "./archive-corpus.ts";
import { quineArchive } from "./quine-archive.ts";

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

let count = 0;
let place: string;
beforeEach(() => {
  place = folder.at(`case-${count++}`);
  mkdirSync(place);
});

describe("a hostile archive gives the error that it is named after", () => {
  test.each(hostileArchives)("$name", async ({ name, reason, bytes }) => {
    const path = `${place}/${name}`;
    const written = bytes();
    writeFileSync(path, written);
    const verifying = verifyBundle({ zipPath: path, trustedSigners: [] });
    await expect(verifying).rejects.toMatchObject({ code: name.split(" ")[0] });
    await expect(verifying).rejects.toThrow(reason);
    expect(readdirSync(place)).toEqual([name]);
    expect(readFileSync(path).equals(written)).toBe(true);
  });

  test("and no two of them have one name", () => {
    expect(new Set(hostileArchives.map(({ name }) => name)).size).toBe(hostileArchives.length);
  });
});

describe("archives within archives are never opened", () => {
  test("an archive that unpacks to itself is read once, and is no bundle", async () => {
    const { name, bytes } = quineArchive();
    writeFileSync(`${place}/${name}`, bytes);
    run("unzip", ["-qq", name, "-d", "unpacked"], { cwd: place });
    expect(readFileSync(`${place}/unpacked/${name}`).equals(bytes)).toBe(true);
    const report = await verifyBundle({ zipPath: `${place}/${name}`, trustedSigners: [] });
    expect(report.verdict).toBe("failed");
    expect(firstFailure(report)?.id).toBe("container");
  });

  test("nor is a bomb in a bomb in a bomb", async () => {
    const sixteen = (data: Buffer) =>
      craftArchive(Array.from({ length: 16 }, (_, index) => ({ name: `${index}.zip`, method: 8, data })));
    const nested = [1, 2, 3, 4].reduce(sixteen, Buffer.from(deflateRawSync(Buffer.alloc(10 << 20))));
    writeFileSync(`${place}/nested.zip`, nested);
    const archive = await openArchive(`${place}/nested.zip`);
    const unpacked = await Promise.all([...archive.entries.keys()].map((name) => archive.read(name, 1 << 20)));
    await archive.close();
    expect(unpacked).toHaveLength(16);
    expect(firstFailure(await verifyBundle({ zipPath: `${place}/nested.zip`, trustedSigners: [] }))?.id).toBe(
      "container",
    );
  });
});

/** At 65,535 the count of entries looks like the mark that says "see ZIP64", and above that it has to. */
test.each([65_535, 65_536])("an archive of %i entries is counted by all in the same way", async (entries) => {
  writeFileSync(`${place}/many.zip`, archiveOf(entries));
  const archive = await openArchive(`${place}/many.zip`);
  expect([archive.entries.size, archive.deviation]).toEqual([entries, null]);
  await archive.close();
  expect(run("unzip", ["-Z", "-t", "many.zip"], { cwd: place })).toContain(`${entries} files`);
});

/** As bundles are written, with a byte in each entry. */
function archiveOf(count: number): Buffer {
  const data = Buffer.from("x");
  const sizes = { crc32: crc32(data), compressedSize: 1, size: 1 };
  const pieces: Uint8Array[] = [];
  const records: ZipRecord[] = [];
  let offset = 0;
  for (let index = 0; index < count; index += 1) {
    const record = { name: Buffer.from(`e/${index}`), form: "whole", method: 0, offset, ...sizes } as const;
    const header = encodeLocalHeader(record);
    pieces.push(header, data);
    records.push(record);
    offset += header.length + 1;
  }
  const directory = Buffer.concat(records.map(encodeDirectoryRecord));
  return Buffer.concat([...pieces, directory, encodeEnd(count, offset, directory.length)]);
}
