import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { deflateRawSync } from "node:zlib";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { type Archive, openArchive } from "../../../electron/verifier/archive.ts";
import { defaultLimits } from "../../../electron/verifier/archive-directory.ts";
import { run, temporaryFolder } from "../export/real-tools.ts";
import { type CraftedEntry, craftArchive } from "./crafted-archive.ts";

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

let count = 0;
let place: string;
beforeEach(() => {
  place = folder.at(`case-${count++}`);
  mkdirSync(place);
});

async function open(bytes: Buffer, limits = defaultLimits): Promise<Archive> {
  writeFileSync(`${place}/bundle.zip`, bytes);
  return openArchive(`${place}/bundle.zip`, limits);
}

async function contentOf(bytes: Buffer): Promise<Record<string, string>> {
  const archive = await open(bytes);
  try {
    const content: Record<string, string> = {};
    for (const name of archive.entries.keys()) content[name] = (await archive.read(name, 1 << 30)).toString();
    return content;
  } finally {
    await archive.close();
  }
}

describe("an archive", () => {
  test("is read, stored and compressed, in the order of the file", async () => {
    const large = Buffer.from(randomBytes(3 << 20).toString("hex"));
    const content = await contentOf(
      craftArchive([
        { name: "b" },
        { name: "a", method: 8, data: large },
        { name: "ä", data: Buffer.alloc(0) },
        { name: "c", method: 8, data: Buffer.alloc(0) },
      ]),
    );
    expect(Object.keys(content)).toEqual(["b", "a", "ä", "c"]);
    expect(content).toEqual({ b: "content", a: large.toString(), ä: "", c: "" });
  });

  test("is read as Info-ZIP wrote it, and said to be packed by another program", async () => {
    writeFileSync(`${place}/a.txt`, "hello ".repeat(1000));
    run("zip", ["-q", "made.zip", "a.txt"], { cwd: place });
    const archive = await openArchive(`${place}/made.zip`);
    expect((await archive.read("a.txt", 1 << 20)).toString()).toBe("hello ".repeat(1000));
    expect(archive.deviation).toMatchObject({ subject: '"a.txt"' });
    await archive.close();
  });

  test("that is not there, is a folder, or is empty", async () => {
    await expect(openArchive(`${place}/nothing.zip`)).rejects.toMatchObject({ code: "bundle-missing" });
    await expect(openArchive(place)).rejects.toMatchObject({ code: "file-unreadable" });
    await expect(open(Buffer.alloc(0))).rejects.toMatchObject({ code: "bundle-not-an-archive" });
  });

  test.each([
    ["a PDF", Buffer.from("%PDF-1.7\n".repeat(100))],
    ["noise", randomBytes(5000)],
    ["a few bytes", Buffer.from("PK")],
    ["a tar", Buffer.alloc(10240)],
  ])("is not %s", async (_name, bytes) => {
    await expect(open(bytes)).rejects.toMatchObject({ code: "bundle-not-an-archive" });
  });

  test("that is cut off is told from one that is none", async () => {
    const whole = craftArchive([{ name: "a", data: randomBytes(3000) }, { name: "b" }]);
    for (let length = 4; length < whole.length; length += 97) {
      await expect(open(whole.subarray(0, length))).rejects.toMatchObject({ code: "bundle-truncated" });
    }
    await expect(open(whole.subarray(0, whole.length - 1))).rejects.toMatchObject({ code: "bundle-truncated" });
  });
});

describe("a hostile archive is refused", () => {
  test("a symbolic link and an encrypted entry as Info-ZIP makes them", async () => {
    symlinkSync("/etc/passwd", `${place}/link`);
    writeFileSync(`${place}/a`, "secret");
    run("zip", ["-q", "-y", "link.zip", "link"], { cwd: place });
    run("zip", ["-q", "-e", "-P", "x", "encrypted.zip", "a"], { cwd: place });
    await expect(openArchive(`${place}/link.zip`)).rejects.toThrow(/symbolic link/);
    await expect(openArchive(`${place}/encrypted.zip`)).rejects.toThrow(/encrypted/);
  });

  test("more or larger entries than allowed", async () => {
    const many = craftArchive([{ name: "a" }, { name: "b" }, { name: "c" }]);
    await expect(open(many, { ...defaultLimits, maxEntries: 2 })).rejects.toMatchObject({ code: "bundle-too-large" });
    await expect(open(many, { ...defaultLimits, maxTotalSize: 20 })).rejects.toMatchObject({
      code: "bundle-too-large",
    });
    await expect(open(many, { ...defaultLimits, maxDirectorySize: 100 })).rejects.toMatchObject({
      code: "bundle-too-large",
    });
    const archive = await open(many);
    await expect(archive.read("a", 6)).rejects.toMatchObject({ code: "bundle-too-large" });
    await archive.close();
  });
});

describe("an entry whose bytes are not what the directory says", () => {
  const text = Buffer.from("some text that packs ".repeat(50));
  const large = Buffer.from(randomBytes(3 << 20).toString("hex"));
  test.each<[string, CraftedEntry, RegExp]>([
    ["another checksum", { name: "a", crc32: 1 }, /CRC/],
    ["another checksum, compressed", { name: "a", method: 8, data: text, crc32: 1 }, /CRC/],
    ["another checksum, large", { name: "a", method: 8, data: large, crc32: 1 }, /CRC/],
    ["more bytes than promised", { name: "a", method: 8, data: text, size: 10 }, /larger than 11 bytes/],
    ["more bytes than promised, large", { name: "a", method: 8, data: large, size: 5 << 20 }, /more than/],
    ["fewer bytes than promised", { name: "a", method: 8, data: text, size: 2000 }, /not 2000/],
    ["fewer bytes than promised, large", { name: "a", method: 8, data: large, size: 7 << 20 }, /not 7340032/],
    ["two sizes when it is stored", { name: "a", data: text, size: 2000 }, /not 2000/],
    [
      "something behind what is packed",
      { name: "a", method: 8, data: text, packed: Buffer.concat([deflateRawSync(text), Buffer.from("hidden")]) },
      /more is packed/,
    ],
    [
      "something behind what is packed, large",
      { name: "a", method: 8, data: large, packed: Buffer.concat([deflateRawSync(large), Buffer.from("hidden")]) },
      /more is packed/,
    ],
    [
      "an end missing",
      { name: "a", method: 8, data: text, packed: deflateRawSync(text).subarray(0, 10) },
      /unexpected end/,
    ],
    [
      "an end missing, large",
      { name: "a", method: 8, data: large, packed: deflateRawSync(large).subarray(0, 2 << 20) },
      /unexpected end/,
    ],
    [
      "noise in place of compressed bytes",
      { name: "a", method: 8, data: text, packed: Buffer.from("ffffffff", "hex") },
      /invalid/,
    ],
    [
      "noise in place of compressed bytes, large",
      { name: "a", method: 8, data: large, packed: Buffer.alloc(2 << 20, 0xff) },
      /invalid/,
    ],
  ])("is damaged: %s", async (_name, entry, reason) => {
    const archive = await open(craftArchive([entry]));
    try {
      const reading = archive.read("a", 1 << 30);
      await expect(reading).rejects.toMatchObject({ code: "bundle-part-invalid" });
      await expect(reading).rejects.toThrow(reason);
    } finally {
      await archive.close();
    }
  });

  test("differs in front of its bytes", async () => {
    const archive = await open(craftArchive([{ name: "a", method: 8, data: text, local: { method: 0, size: 4 } }]));
    expect(archive.deviation).toMatchObject({ subject: '"a"', byte: 8, expected: "0x08", found: "0x00" });
    await archive.close();
  });
});

test("an archive is never written to, nor is anything beside it", async () => {
  const bytes = craftArchive([{ name: "a" }]);
  await contentOf(bytes);
  expect(readFileSync(`${place}/bundle.zip`).equals(bytes)).toBe(true);
  expect(readdirSync(place)).toEqual(["bundle.zip"]);
});
