import { createWriteStream, openAsBlob } from "node:fs";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Writable } from "node:stream";
import { BlobReader, type Entry, type FileEntry, ZipReader } from "@zip.js/zip.js";
import { TickmarkError } from "../../../shared/errors.ts";
import { checkNotCancelled } from "../http/cancellable-wait.ts";
import type { SourceContext } from "../source-driver.ts";
import { digestFile } from "./file-digest.ts";
import { type HandedOverFile, listHandedOverFiles } from "./handed-over-files.ts";

/** Bounds of what an archive may become. Exports of text pack 5 to 50 times; only a bomb comes near to 1000. */
const limits = { entries: 1_000_000, totalBytes: 50 * 2 ** 30, ratio: 300, ratioFrom: 64 * 2 ** 20 };

/**
 * The files that were handed over, with those inside of ZIP archives in the place of the archives, under the archive's
 * name: `export.zip/general/2025-02-03.json`. They are unpacked beside the engagement, once for each archive.
 *
 * @throws record-invalid for an archive that is damaged, or that is not what an honest one is
 */
export async function unpackArchives(
  files: readonly HandedOverFile[],
  { workFolder, signal }: Pick<SourceContext, "workFolder" | "signal">,
): Promise<{ readonly files: HandedOverFile[]; readonly notes: string[] }> {
  const unpacked: HandedOverFile[] = [];
  const notes: string[] = [];
  for (const file of files) {
    if (!(await isArchive(file))) {
      unpacked.push(file);
      continue;
    }
    const digest = await digestFile(file.path, signal);
    const folder = join(workFolder, "unpacked", digest);
    if (!(await exists(folder))) await unpack(file, folder, signal);
    const inside = await listHandedOverFiles(folder, "/");
    unpacked.push(...inside.map((one) => ({ ...one, name: `${file.name}${one.name.slice(basename(folder).length)}` })));
    notes.push(`${file.name} is an archive of ${inside.length} files; as handed over it has the SHA-256 ${digest}.`);
  }
  return { files: unpacked, notes };
}

/** Office documents are archives too, and stay what they are: the name tells. */
async function isArchive({ path, name }: HandedOverFile): Promise<boolean> {
  if (!/\.zip$/i.test(name)) return false;
  await using handle = await open(path);
  const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
  return buffer.readUInt32LE(0) === 0x04034b50;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** All of it or nothing: the folder takes its name when everything is in it. */
async function unpack(file: HandedOverFile, folder: string, signal: AbortSignal): Promise<void> {
  const part = `${folder}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true });
  const reader = new ZipReader(new BlobReader(await openAsBlob(file.path)), {
    strictness: "strict",
    useWebWorkers: false,
    checkSignature: true,
  });
  try {
    for (const entry of checkEntries(await reader.getEntries(), file)) {
      checkNotCancelled(signal);
      await writeEntry(entry, join(part, entry.filename));
    }
  } catch (cause) {
    await rm(part, { recursive: true, force: true });
    throw cause instanceof TickmarkError ? cause : refused(file, "it is damaged", cause);
  } finally {
    await reader.close();
  }
  await rename(part, folder);
}

function checkEntries(entries: readonly Entry[], file: HandedOverFile): FileEntry[] {
  const total = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  if (entries.length > limits.entries) throw refused(file, `it has more than ${limits.entries} files`);
  if (total > limits.totalBytes) throw refused(file, "it is larger, unpacked, than anything that is handed over");
  if (total > limits.ratioFrom && total > file.size * limits.ratio) {
    throw refused(file, `it grows more than ${limits.ratio} times when it is unpacked`);
  }
  const names = new Set<string>();
  const found: FileEntry[] = [];
  for (const entry of entries) {
    const problem = problemOf(entry);
    if (problem !== null) throw refused(file, problem);
    const name = entry.filename.toLowerCase().normalize("NFC");
    if (names.has(name))
      throw refused(file, "two of its files have one name, or names that differ in their case alone");
    names.add(name);
    if (!entry.directory) found.push(entry);
  }
  return found;
}

function problemOf({ filename, encrypted, externalFileAttributes }: Entry): string | null {
  if (encrypted) return "it is encrypted";
  // Of an entry that a Unix wrote, the upper half is its mode; a link could lead anywhere.
  const kind = ((externalFileAttributes ?? 0) >>> 16) & 0o170000;
  if (kind !== 0 && kind !== 0o100000 && kind !== 0o040000) return "one of its files is a link or a device";
  const parts = filename.replace(/\/$/, "").split("/");
  const isSafe = parts.every((part) => part !== "" && part !== "." && part !== ".." && !/[\\:\p{Cc}]/u.test(part));
  return isSafe && filename.length <= 1000 ? null : "one of its files has a name that leads out of it, or none";
}

async function writeEntry(entry: FileEntry, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await entry.getData(Writable.toWeb(createWriteStream(path, { flags: "wx" })));
}

function refused({ name }: HandedOverFile, why: string, cause?: unknown): TickmarkError {
  return new TickmarkError(
    "record-invalid",
    `${name} is not unpacked: ${why}.`,
    "Ask for it again, or unpack it and hand over the folder.",
    { cause },
  );
}
