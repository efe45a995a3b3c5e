import type { Sha256 } from "../../shared/model/digest.ts";
import { type ArchiveLimits, defaultLimits, readDirectory } from "./archive-directory.ts";
import { damagedEntry, tooLargeToRead } from "./archive-faults.ts";
import { findDeviation, type LayoutDeviation } from "./archive-layout.ts";
import { unpackEntry } from "./entry-content.ts";
import type { EntryTable, LaidOutEntry } from "./entry-table.ts";
import { RandomAccessFile } from "./random-access-file.ts";

/** A ZIP archive from outside, opened so that it can be read and can do nothing. Nothing is ever written. */
export interface Archive {
  readonly path: string;
  readonly size: number;
  readonly entries: EntryTable;
  /** The first place where it is not written as bundles are; null when there is none. */
  readonly deviation: LayoutDeviation | null;
  /**
   * The bytes of an entry in pieces.
   *
   * @throws TickmarkError `bundle-part-invalid`, at the latest after the last piece, when they are damaged or there is no such
   * entry
   */
  stream(name: string): AsyncIterable<Uint8Array>;
  /** The bytes of an entry, whole. @throws the same, and `bundle-too-large` for more than `maxSize` bytes */
  read(name: string, maxSize: number): Promise<Buffer>;
  /** Hash of the archive itself. */
  sha256(onPiece?: (passed: number) => Promise<void>): Promise<Sha256>;
  close(): Promise<void>;
}

/**
 * Opens an archive and checks its structure, every byte of it, before anything is unpacked.
 *
 * @throws TickmarkError `bundle-missing`, `file-unreadable`, `bundle-not-an-archive`, `bundle-truncated`, `bundle-too-large`,
 * and `bundle-hostile` naming what is wrong
 */
export async function openArchive(path: string, limits: ArchiveLimits = defaultLimits): Promise<Archive> {
  const file = await RandomAccessFile.open(path);
  try {
    const directory = await readDirectory(file, limits);
    const { entries } = directory;
    const deviation = await findDeviation(file, directory);
    const stream = (name: string) => unpackEntry(file, find(entries, name));
    return {
      path,
      size: file.size,
      entries,
      deviation,
      stream,
      read: async (name, maxSize) => {
        const { size } = find(entries, name);
        if (size > maxSize) throw tooLargeToRead(name, size);
        const pieces: Uint8Array[] = [];
        for await (const piece of stream(name)) pieces.push(piece);
        return Buffer.concat(pieces);
      },
      sha256: (onPiece) => file.sha256(onPiece),
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

function find(entries: EntryTable, name: string): LaidOutEntry {
  const entry = entries.get(name);
  if (entry === undefined) throw damagedEntry(name, "it is not in the archive");
  return entry;
}
