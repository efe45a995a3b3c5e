import { type FileHandle, open } from "node:fs/promises";
import { TickmarkError } from "../../../shared/errors.ts";

/** A regular file in a tar archive: its name as checked, and where its bytes lie. */
export interface TarFile {
  /** Relative, `/` between parts, no `.` or `..` among them. */
  readonly name: string;
  readonly start: number;
  readonly size: number;
}

const block = 512;
/** Names longer than this belong to no repository. */
const longestName = 4096;

/**
 * Lists the regular files of a tar archive (ustar, GNU and pax names). Archives are handed over by others, so
 * anything that could reach outside of the folder is refused: links, devices, absolute names, `..`.
 * @throws file-format-unknown, record-invalid
 */
export async function listTar(path: string): Promise<TarFile[]> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    return await listEntries(file, size, path);
  } finally {
    await file.close();
  }
}

async function listEntries(file: FileHandle, length: number, path: string): Promise<TarFile[]> {
  const files: TarFile[] = [];
  let longName = "";
  for (let at = 0; at + block <= length; ) {
    const header = await readAt(file, at, block);
    if (header.every((byte) => byte === 0)) return files;
    checkSum(header, path);
    const size = numberAt(header, 124, 12);
    const start = at + block;
    if (size < 0 || start + size > length) throw unreadable(path, "it ends in the middle of an entry");
    const type = String.fromCharCode(header[156] ?? 0);
    if (type === "L" || type === "x") {
      if (size > 64 * 1024) throw unreadable(path, "an entry's name is too long");
      const content = await readAt(file, start, size);
      longName = (type === "L" ? textOf(content) : paxPath(content)) || longName;
    } else {
      const name = longName || shortName(header);
      longName = "";
      if (type === "0" || type === "\0" || type === "7") files.push({ name: checkName(name, path), start, size });
      else if (type !== "5" && type !== "g") throw unreadable(path, `"${name.slice(0, 100)}" is a link or a device`);
    }
    at = start + Math.ceil(size / block) * block;
  }
  return files;
}

async function readAt(file: FileHandle, at: number, size: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, at);
  return buffer.subarray(0, bytesRead);
}

function shortName(header: Buffer): string {
  const name = textOf(header.subarray(0, 100));
  const prefix = header.toString("latin1", 257, 263) === "ustar\0" ? textOf(header.subarray(345, 500)) : "";
  return prefix ? `${prefix}/${name}` : name;
}

function textOf(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString("utf8", 0, end < 0 ? bytes.length : end);
}

/** The `path` of a pax header: lines of `<length> <key>=<value>\n`. */
function paxPath(content: Buffer): string {
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(0x20, at);
    const length = Number(content.toString("latin1", at, space));
    if (space < 0 || !Number.isInteger(length) || length < 5) return "";
    const line = content.toString("utf8", space + 1, at + length - 1);
    if (line.startsWith("path=")) return line.slice(5);
    at += length;
  }
  return "";
}

/** Octal text, or for large values a big-endian number after a byte with its top bit set. */
function numberAt(header: Buffer, at: number, width: number): number {
  if ((header[at] ?? 0) & 0x80) return header.readUIntBE(at + width - 6, 6);
  const digits = header
    .toString("latin1", at, at + width)
    .replace(/[\0 ]+$/, "")
    .trim();
  return digits === "" ? 0 : /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : -1;
}

function checkSum(header: Buffer, path: string): void {
  let sum = 8 * 0x20; // the field itself counts as spaces
  for (const [index, byte] of header.entries()) if (index < 148 || index >= 156) sum += byte;
  if (sum !== numberAt(header, 148, 8)) throw unreadable(path, "an entry's checksum is wrong");
}

function checkName(name: string, path: string): string {
  const parts = name.split("/").filter((part) => part !== "." && part !== "");
  const bad =
    name.startsWith("/") ||
    name.length > longestName ||
    /[\\\0]|^[a-z]:/i.test(name) ||
    parts.includes("..") ||
    !parts.length;
  if (bad) throw unreadable(path, `"${name.slice(0, 100)}" is not a name inside of it`);
  return parts.join("/");
}

function unreadable(path: string, why: string): TickmarkError {
  return new TickmarkError(
    "file-format-unknown",
    `${path} cannot be unpacked as a tar archive: ${why}.`,
    "Make it again with tar cf FILE.tar REPOSITORY.git, without links in it.",
  );
}
