import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { crc32, deflateRawSync } from "node:zlib";
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

const bomb = Buffer.alloc(80 << 20);
const encrypted: CraftedEntry = { name: "a", flags: 1, packed: randomBytes(19), compressedSize: 19 };
const unicodePath = (name: string, shown: string) => {
  const extra = Buffer.alloc(9 + Buffer.byteLength(shown));
  extra.writeUInt16LE(0x7075, 0);
  extra.writeUInt16LE(extra.length - 4, 2);
  extra.writeUInt8(1, 4);
  extra.writeUInt32LE(crc32(Buffer.from(name)), 5);
  extra.write(shown, 9);
  return extra;
};

describe("a hostile archive is refused, and says why", () => {
  test.each<[string, Buffer, RegExp]>([
    ["a path out of the folder", craftArchive([{ name: "../evil" }]), /\.\./],
    ["a path out of the folder, further in", craftArchive([{ name: "a/../../evil" }]), /\.\./],
    ["an absolute path", craftArchive([{ name: "/etc/passwd" }]), /passwd/],
    ["a drive letter", craftArchive([{ name: "C:/evil" }]), /C:/],
    ["a backslash", craftArchive([{ name: "a\\b" }]), /Windows does not allow/],
    ["a backslash out of the folder", craftArchive([{ name: "..\\evil" }]), /\.\./],
    ["a device name", craftArchive([{ name: "a/aux.txt" }]), /device name/],
    ["a NUL in a name", craftArchive([{ name: "a\0.txt" }]), /a(\\u0000|\\u\{0\})\.txt/],
    ["an empty name", craftArchive([{ name: "" }]), /leads out of its folder: ""/],
    ["a folder as an entry", craftArchive([{ name: "a/", data: Buffer.alloc(0) }]), /empty segment/],
    ["a name that is too long", craftArchive([{ name: "a".repeat(60_000) }]), /longer than/],
    ["a name that is not UTF-8", craftArchive([{ name: Buffer.from([0x61, 0xff, 0x62]) }]), /two names/],
    ["a name twice", craftArchive([{ name: "a" }, { name: "a" }]), /twice/],
    [
      "a name twice but for case",
      craftArchive([{ name: "Report.pdf" }, { name: "report.PDF" }]),
      /one file where case/,
    ],
    ["a name twice but for Unicode form", craftArchive([{ name: "é" }, { name: "e\u0301" }]), /NFC/],
    ["a file that is also a folder", craftArchive([{ name: "a" }, { name: "a/b" }]), /also the folder/],
    ["another name in an extra field", craftArchive([{ name: "a", extra: unicodePath("a", "b") }]), /two names/],
    ["another name in front of the bytes", craftArchive([{ name: "a", local: { name: "b" } }]), /another name/],
    ["a symbolic link", craftArchive([{ name: "a", externalAttributes: 0o120777 * 0x10000 }]), /symbolic link/],
    ["a device", craftArchive([{ name: "a", externalAttributes: 0o060644 * 0x10000 }]), /not a regular file/],
    ["an encrypted entry", craftArchive([encrypted]), /encrypted/],
    ["another packing method", craftArchive([{ name: "a", method: 12 }]), /method 12/],
    [
      "something in front",
      craftArchive([{ name: "a" }], { before: Buffer.from("#!/bin/sh\n") }),
      /in front of its beginning/,
    ],
    [
      "something in front that its offsets hide",
      Buffer.concat([Buffer.from("MZ"), craftArchive([{ name: "a" }])]),
      /in front of its beginning/,
    ],
    [
      "another archive in front",
      Buffer.concat([craftArchive([{ name: "b" }]), craftArchive([{ name: "a" }])]),
      /in front of its beginning/,
    ],
    ["something behind", craftArchive([{ name: "a" }], { after: Buffer.from("more") }), /behind its end/],
    [
      "another archive behind in a comment",
      craftArchive([{ name: "a" }], { comment: craftArchive([{ name: "b" }]).toString("latin1") }),
      /more than one end/,
    ],
    ["a comment", craftArchive([{ name: "a" }], { comment: "hello" }), /comment/],
    [
      "bytes between entries",
      craftArchive([{ name: "a" }, { name: "b", before: Buffer.from("hidden") }]),
      /belong to none/,
    ],
    [
      "an entry that is not in the directory",
      craftArchive([{ name: "a" }, { name: "b", hidden: true }, { name: "c" }]),
      /belong to none/,
    ],
    [
      "a last entry that is not in the directory",
      craftArchive([{ name: "a" }, { name: "b", hidden: true }]),
      /belong to none/,
    ],
    ["two entries with the same bytes", craftArchive([{ name: "a" }, { name: "b", sharesBytesOf: 0 }]), /overlaps/],
    [
      "entries that overlap",
      craftArchive([
        { name: "a", compressedSize: 60, size: 60 },
        { name: "b", data: randomBytes(100) },
      ]),
      /overlaps/,
    ],
    ["fewer entries than promised", craftArchive([{ name: "a" }], { count: 2 }), /less in its directory/],
    ["more entries than promised", craftArchive([{ name: "a" }, { name: "b" }], { count: 1 }), /more in its directory/],
    ["a bomb", craftArchive([{ name: "a", method: 8, data: bomb }]), /as bombs do/],
  ])("%s", async (_name, bytes, reason) => {
    const opening = open(bytes);
    await expect(opening).rejects.toMatchObject({ code: "bundle-hostile" });
    await expect(opening).rejects.toThrow(reason);
    expect(readdirSync(place)).toEqual(["bundle.zip"]);
  });

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
