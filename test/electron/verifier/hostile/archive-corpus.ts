import { randomBytes } from "node:crypto";
import { crc32, deflateRawSync } from "node:zlib";
import { type CraftedEntry, craftArchive, zip64Extra } from "../crafted-archive.ts";

/** An archive that must be refused, and the words in which it must be. */
export interface HostileArchive {
  /** Of the file: the code of the error that it must give, and what it is. */
  readonly name: string;
  readonly reason: RegExp;
  readonly bytes: () => Buffer;
}

const refused = (what: string, reason: RegExp, bytes: () => Buffer): HostileArchive => {
  return { name: `bundle-hostile ${what}.zip`, reason, bytes };
};

const withNames =
  (...names: readonly (string | Buffer)[]) =>
  () =>
    craftArchive(names.map((name) => ({ name })));
const withEntry = (entry: CraftedEntry) => () => craftArchive([entry]);
const noise = randomBytes(100);

const paths: readonly HostileArchive[] = [
  refused("path out of the folder", /\.\./, withNames("../evil")),
  refused("path out of the folder, further in", /\.\./, withNames("a/../../evil")),
  refused("path out of the folder by backslashes", /\.\./, withNames("..\\evil")),
  refused("path through the same folder", /"\.\/a"/, withNames("./a")),
  refused("absolute path", /passwd/, withNames("/etc/passwd")),
  refused("absolute path of a share", /share/, withNames("//host/share/a")),
  refused("absolute path by backslashes", /host/, withNames("\\\\host\\share\\a")),
  refused("drive letter", /C:/, withNames("C:/evil")),
  refused("drive letter without a folder", /c:evil/, withNames("c:evil")),
  refused("alternate stream", /Windows does not allow/, withNames("report.pdf:evil")),
  refused("backslash", /Windows does not allow/, withNames("a\\b")),
  ...["CON", "prn", "a/aux.txt", "nul.tar.gz", "COM1", "com¹.json", "lpt9", "conin$", "aux .txt"].map((name, index) =>
    refused(`device name ${index + 1}`, /device name/, withNames(name)),
  ),
  refused("segment that ends with a dot", /ends with a dot or a space/, withNames("a./b")),
  refused("segment that ends with a space", /ends with a dot or a space/, withNames("a /b")),
  refused("option in place of a name", /hyphen/, withNames("-rf")),
  refused("NUL in a name", /a(\\u0000|\\u\{0\})\.txt/, withNames("a\0.txt")),
  refused("line end in a name", /two names/, withNames("a\nb")),
  refused("name written backwards", /invisible/, withNames("report\u202efdp.exe")),
  refused("name with a space that nobody sees", /invisible/, withNames("a\u200bb")),
  refused("empty name", /leads out of its folder: ""/, withNames("")),
  refused("folder as an entry", /empty segment/, withEntry({ name: "a/", data: Buffer.alloc(0) })),
  refused("huge name", /longer than/, withNames("a".repeat(60_000))),
  refused("name as long as there can be", /longer than/, withNames("a".repeat(65_535))),
  refused("name of more bytes than letters", /longer than/, withNames("変".repeat(81))),
  refused("name that is not UTF-8", /two names/, withNames(Buffer.from([0x61, 0xff, 0x62]))),
  refused("name with half a surrogate pair", /two names/, withNames(Buffer.from([0x61, 0xed, 0xa0, 0x80]))),
];

const twice: readonly HostileArchive[] = [
  refused("name twice", /twice/, withNames("a", "a")),
  refused("name twice but for case", /one file where case/, withNames("Report.pdf", "report.PDF")),
  refused("name twice but for case, beyond ASCII", /one file where case/, withNames("STRASSE", "straße")),
  refused("name twice but for the sign of Kelvin", /NFC/, withNames("k", "\u212a")),
  refused("name twice but for Unicode form", /NFC/, withNames("é", "e\u0301")),
  refused("name in the other Unicode form alone", /NFC/, withNames("e\u0301")),
  refused("file that is also a folder", /also the folder/, withNames("a", "a/b")),
  refused("file that is also a folder but for case", /also the folder/, withNames("A", "a/b")),
  refused("another name in an extra field", /two names/, withEntry({ name: "a", extra: unicodePath("a", "b") })),
  refused("another name in front of the bytes", /another name/, withEntry({ name: "a", local: { name: "b" } })),
  refused("longer name in front of the bytes", /another name/, withEntry({ name: "a", local: { name: "ab" } })),
];

const kinds: readonly HostileArchive[] = [
  refused("symbolic link", /symbolic link/, withEntry({ name: "a", externalAttributes: 0o120777 * 0x10000 })),
  refused("device", /not a regular file/, withEntry({ name: "a", externalAttributes: 0o060644 * 0x10000 })),
  refused("pipe", /not a regular file/, withEntry({ name: "a", externalAttributes: 0o010644 * 0x10000 })),
  refused("folder by its mode", /not a regular file/, withEntry({ name: "a", externalAttributes: 0o040755 * 0x10000 })),
  refused("encrypted entry", /encrypted/, withEntry({ name: "a", flags: 1, packed: noise.subarray(0, 19) })),
  refused(
    "strongly encrypted entry",
    /encrypted/,
    withEntry({ name: "a", flags: 0x41, packed: noise.subarray(0, 19) }),
  ),
  refused("entry encrypted by AES", /encrypted/, withEntry({ name: "a", flags: 1, method: 99, packed: noise })),
  refused("encrypted directory", /encrypted/, withEntry({ name: "a", flags: 0x2041 })),
  refused("packing method that is not read", /method 12/, withEntry({ name: "a", method: 12 })),
  refused("packing method of deflate's successor", /method 9/, withEntry({ name: "a", method: 9 })),
];

const around: readonly HostileArchive[] = [
  refused("script in front", /in front of its beginning/, () =>
    craftArchive([{ name: "a" }], { before: Buffer.from("#!/bin/sh\n") }),
  ),
  refused("program in front that its offsets hide", /in front of its beginning/, () =>
    Buffer.concat([Buffer.from("MZ"), craftArchive([{ name: "a" }])]),
  ),
  refused("another archive in front", /in front of its beginning/, () =>
    Buffer.concat([craftArchive([{ name: "b" }]), craftArchive([{ name: "a" }])]),
  ),
  refused("something behind", /behind its end/, () => craftArchive([{ name: "a" }], { after: Buffer.from("more") })),
  refused("a megabyte behind", /behind its end/, () =>
    craftArchive([{ name: "a" }], { after: Buffer.alloc((1 << 20) - 200) }),
  ),
  refused("another archive behind in a comment", /more than one end/, () =>
    craftArchive([{ name: "a" }], { comment: craftArchive([{ name: "b" }]).toString("latin1") }),
  ),
  refused("comment", /comment/, () => craftArchive([{ name: "a" }], { comment: "hello" })),
  refused("bytes between entries", /belong to none/, () =>
    craftArchive([{ name: "a" }, { name: "b", before: Buffer.from("hidden") }]),
  ),
  refused("entry that is not in the directory", /belong to none/, () =>
    craftArchive([{ name: "a" }, { name: "b", hidden: true }, { name: "c" }]),
  ),
  refused("last entry that is not in the directory", /belong to none/, () =>
    craftArchive([{ name: "a" }, { name: "b", hidden: true }]),
  ),
  refused("entry in the middle of another", /overlaps/, () => craftArchive([{ name: "a" }, { name: "b", offset: 3 }])),
  refused("entry far behind the end", /belong to none/, () =>
    craftArchive([{ name: "a" }, { name: "b", offset: 0x7fff_ffff }]),
  ),
  refused("directory at another place", /at another place than it says/, () =>
    craftArchive([{ name: "a" }], { directoryOffset: 12 }),
  ),
  refused("directory of another size", /more in its directory/, () =>
    craftArchive([{ name: "a" }], { directorySize: 20 }),
  ),
  refused("fewer entries than counted", /less in its directory/, () => craftArchive([{ name: "a" }], { count: 2 })),
  refused("more entries than counted", /more in its directory/, () =>
    craftArchive([{ name: "a" }, { name: "b" }], { count: 1 }),
  ),
];

const overlapping: readonly HostileArchive[] = [
  refused("two entries with the same bytes", /overlaps/, () =>
    craftArchive([{ name: "a" }, { name: "b", sharesBytesOf: 0 }]),
  ),
  refused("entries that overlap", /overlaps/, () =>
    craftArchive([
      { name: "a", compressedSize: 60, size: 60 },
      { name: "b", data: noise },
    ]),
  ),
  refused("a thousand entries with the same bytes", /overlaps/, () =>
    craftArchive([
      { name: "kernel", method: 8, data: Buffer.alloc(1 << 20) },
      ...Array.from({ length: 1000 }, (_, index) => ({ name: `copy-${index}`, sharesBytesOf: 0 })),
    ]),
  ),
  refused("entries that quote each other's headers", /overlaps/, quotedOverlap),
  refused("entry that reaches into the directory", /overlaps/, withEntry({ name: "a", compressedSize: 40, size: 40 })),
];

const bomb = () => Buffer.alloc(80 << 20);
const bombs: readonly HostileArchive[] = [
  refused("flat bomb", /as bombs do/, () => craftArchive([{ name: "a", method: 8, data: bomb() }])),
  refused("bomb that grows a million times", /as bombs do/, () =>
    craftArchive([{ name: "a", method: 8, data: noise, compressedSize: 10, size: 3 * 2 ** 30 }]),
  ),
  {
    name: "bundle-too-large many that are small.zip",
    reason: /unpacks to more than/,
    bytes: () =>
      craftArchive(
        Array.from({ length: 60 }, (_, index) => ({ name: `${index}`, size: 0xffff_fff0, compressedSize: 2 ** 24 })),
      ),
  },
];

const large = 0xffff_ffff;
const zip64Lies: readonly HostileArchive[] = [
  refused("ZIP64 end that counts more", /less in its directory/, () =>
    craftArchive([{ name: "a" }], { zip64: { count: 2n }, count: 0xffff }),
  ),
  refused("ZIP64 end that counts otherwise than the end", /more in its directory/, () =>
    craftArchive([{ name: "a" }, { name: "b" }], { zip64: { count: 1n } }),
  ),
  refused("ZIP64 end with a directory elsewhere", /at another place than it says/, () =>
    craftArchive([{ name: "a" }], { zip64: { directoryOffset: 7n }, directoryOffset: large }),
  ),
  refused("ZIP64 end with a directory otherwise than the end", /more in its directory/, () =>
    craftArchive([{ name: "a" }], { zip64: { directoryOffset: 7n } }),
  ),
  refused("ZIP64 end with a directory beyond every file", /no file can have/, () =>
    craftArchive([{ name: "a" }], { zip64: { directoryOffset: 2n ** 63n }, directoryOffset: large }),
  ),
  refused("ZIP64 end that is not where it says", /at another place than it says/, () =>
    craftArchive([{ name: "a" }], { zip64: { place: 5n }, directoryOffset: large }),
  ),
  refused("ZIP64 end that counts beyond every number", /no file can have/, () =>
    craftArchive([{ name: "a" }], { zip64: { count: 2n ** 64n - 1n }, count: 0xffff }),
  ),
  refused("ZIP64 promised and absent", /64 bits and has none/, () =>
    craftArchive([{ name: "a" }], { directoryOffset: large }),
  ),
  refused("ZIP64 size promised and absent", /64 bits and has none/, withEntry({ name: "a", size: large })),
  refused("ZIP64 offset promised and absent", /64 bits and has none/, withEntry({ name: "a", offset: large })),
  refused(
    "ZIP64 offset elsewhere",
    /in front of its beginning/,
    withEntry({ name: "a", offset: large, extra: zip64Extra(9n) }),
  ),
  refused(
    "ZIP64 offset beyond every file",
    /in front of its beginning/,
    withEntry({ name: "a", offset: large, extra: zip64Extra(2n ** 40n) }),
  ),
  refused(
    "ZIP64 offset beyond every number",
    /no file can have/,
    withEntry({ name: "a", offset: large, extra: zip64Extra(2n ** 64n - 1n) }),
  ),
  refused(
    "ZIP64 packed size beyond the file",
    /overlaps/,
    withEntry({ name: "a", compressedSize: large, extra: zip64Extra(2n ** 40n) }),
  ),
];

/** Text behind entries that is packed: each entry's bytes begin with the next one's header, as a stored block. */
function quotedOverlap(): Buffer {
  const kernel = deflateRawSync(Buffer.alloc(100_000));
  const header = 31;
  const quote = Buffer.alloc(5);
  quote.writeUInt16LE(header, 1);
  quote.writeUInt16LE(header ^ 0xffff, 3);
  // What the last entry unpacks to, the one before it quotes together with its header.
  const last: CraftedEntry = {
    name: "b",
    method: 8,
    packed: kernel,
    size: 100_000,
    crc32: crc32(Buffer.alloc(100_000)),
  };
  const alone = craftArchive([last]);
  const packed = Buffer.concat([quote, alone.subarray(0, header)]);
  return craftArchive([
    { name: "a", method: 8, packed, compressedSize: packed.length + kernel.length, size: 100_031, crc32: 0 },
    { ...last, offset: 31 + 5 },
  ]);
}

function unicodePath(name: string, shown: string): Buffer {
  const extra = Buffer.alloc(9 + Buffer.byteLength(shown));
  extra.writeUInt16LE(0x7075, 0);
  extra.writeUInt16LE(extra.length - 4, 2);
  extra.writeUInt8(1, 4);
  extra.writeUInt32LE(crc32(Buffer.from(name)), 5);
  extra.write(shown, 9);
  return extra;
}

export const hostileArchives: readonly HostileArchive[] = [
  ...paths,
  ...twice,
  ...kinds,
  ...around,
  ...overlapping,
  ...bombs,
  ...zip64Lies,
];
