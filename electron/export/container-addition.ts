import { createHash } from "node:crypto";
import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";
import {
  asicManifestPath,
  asicManifestPathOf,
  countSignatures,
  maxSignatures,
  signaturePath,
  signaturePathOf,
} from "../../shared/bundle/container-names.ts";
import {
  deflated,
  encodeDescriptor,
  encodeDirectoryRecord,
  encodeEnd,
  encodeLocalHeader,
  stored,
  type ZipRecord,
} from "../../shared/bundle/zip-records.ts";
import { TickmarkError } from "../../shared/errors.ts";
import type { Sha256 } from "../../shared/model/digest.ts";
import type { Spool } from "./archive-writer.ts";
import { AtomicFile } from "./atomic-file.ts";
import { type SignatureClaims, signDetached } from "./cms.ts";
import type { SigningIdentity } from "./identity/signing-identity.ts";
import { SpoolFile } from "./spool-file.ts";
import { isTimestamped, type Stamp, timestampSignature } from "./timestamp/signature-timestamp.ts";
import { WrittenArchive, type WrittenEntry } from "./written-archive.ts";

export interface AddedTo {
  /** Of the file as it is now. */
  readonly sha256: Sha256;
  readonly size: number;
  /** Names of the signatures that were added or stamped. */
  readonly changed: readonly string[];
}

const noStamp: Stamp = async () => null;

/**
 * Adds a signature over the same files as the first one's: a list of its own, which names it, and the signature. Every other
 * entry keeps its bytes. The caller has verified the bundle: who signs vouches for what is in it.
 *
 * @throws TickmarkError `bundle-missing`, `bundle-not-an-archive`, `bundle-part-invalid`, `identity-invalid`, `disk-full`,
 * `file-unwritable`
 */
export async function addSignature(
  path: string,
  identity: SigningIdentity,
  claims: SignatureClaims,
  stamp: Stamp = noStamp,
): Promise<AddedTo> {
  const archive = await WrittenArchive.open(path);
  try {
    const seals = findSeals(archive);
    const number = countSignatures((name) => seals.has(name)) + 1;
    if (number > maxSignatures) throw unusable(`has ${maxSignatures} signatures, and takes no more`);
    const first = await read(archive, seals, asicManifestPath);
    // There is one spelling of the list: only the signature that it names differs.
    const list = Buffer.from(first.toString("utf8").replace(`"${signaturePath}"`, `"${signaturePathOf(number)}"`));
    const digest = createHash("sha256").update(list).digest();
    const signature = await timestampSignature(await signDetached(digest, identity, "cades", claims), stamp);
    const added = new Map([
      [asicManifestPathOf(number), list],
      [signaturePathOf(number), signature],
    ]);
    return { ...(await rewrite(archive, new Map(), added)), changed: [signaturePathOf(number)] };
  } finally {
    await archive.close();
  }
}

/**
 * Adds a timestamp to each signature that has none. It stands beside the signature, which no signature covers.
 *
 * @returns null when every signature has one, or there is none to be had: then the file is as it was
 * @throws TickmarkError as `addSignature`
 */
export async function addTimestamps(path: string, stamp: Stamp): Promise<AddedTo | null> {
  const archive = await WrittenArchive.open(path);
  try {
    const seals = findSeals(archive);
    const count = countSignatures((name) => seals.has(name));
    const stamped = new Map<string, Buffer>();
    for (const name of Array.from({ length: count }, (_, index) => signaturePathOf(index + 1))) {
      const signature = await read(archive, seals, name);
      if (isTimestamped(signature)) continue;
      const withTimestamp = await timestampSignature(signature, stamp);
      if (!withTimestamp.equals(signature)) stamped.set(name, withTimestamp);
    }
    if (stamped.size === 0) return null;
    return { ...(await rewrite(archive, stamped, new Map())), changed: [...stamped.keys()] };
  } finally {
    await archive.close();
  }
}

/** Lists and signatures, by name. */
function findSeals(archive: WrittenArchive): ReadonlyMap<string, WrittenEntry> {
  const numbers = Array.from({ length: maxSignatures }, (_, index) => index + 1);
  return archive.find([...numbers.map(asicManifestPathOf), ...numbers.map(signaturePathOf)]);
}

async function read(archive: WrittenArchive, seals: ReadonlyMap<string, WrittenEntry>, name: string): Promise<Buffer> {
  const entry = seals.get(name);
  if (entry === undefined) throw unusable(`has no ${name}`);
  const packed = await archive.readPacked(entry);
  const bytes = entry.record.method === stored ? packed : inflate(packed, entry);
  if (bytes.length !== entry.record.size || crc32(bytes) !== entry.record.crc32)
    throw unusable(`has a damaged ${name}`);
  return bytes;
}

function inflate(packed: Buffer, { record, name }: WrittenEntry): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, record.size) });
  } catch (cause) {
    throw unusable(`has a damaged ${name}`, cause);
  }
}

/** The archive again, entry by entry as it lies there, with the replaced ones in their places and the added ones at the end. */
async function rewrite(
  archive: WrittenArchive,
  replaced: ReadonlyMap<string, Buffer>,
  added: ReadonlyMap<string, Buffer>,
): Promise<{ sha256: Sha256; size: number }> {
  const file = await AtomicFile.create(archive.path);
  try {
    using directory = new SpoolFile(archive.path);
    const writer = new EntryWriter(file, directory);
    for (const entry of archive.entries()) {
      const bytes = replaced.get(entry.name);
      if (bytes === undefined) await writer.copy(archive, entry);
      else await writer.write(entry.name, bytes);
    }
    for (const [name, bytes] of added) await writer.write(name, bytes);
    await writer.finish();
    return await file.commit();
  } finally {
    await file.discard();
  }
}

class EntryWriter {
  readonly #file: AtomicFile;
  readonly #directory: Spool;
  #count = 0;
  #at = 0;

  constructor(file: AtomicFile, directory: Spool) {
    this.#file = file;
    this.#directory = directory;
  }

  async copy(archive: WrittenArchive, entry: WrittenEntry): Promise<void> {
    this.#add({ ...entry.record, offset: this.#at });
    for await (const piece of archive.copy(entry)) await this.#put(piece);
  }

  /** A signature is stored, as the first one is; a list is compressed. */
  async write(name: string, bytes: Buffer): Promise<void> {
    const isList = name.endsWith(".xml");
    const packed = isList ? deflateRawSync(bytes, { level: 6 }) : bytes;
    const record: ZipRecord = {
      name: new Uint8Array(Buffer.from(name)),
      form: isList ? "streamed" : "whole",
      method: isList ? deflated : stored,
      crc32: crc32(bytes),
      compressedSize: packed.length,
      size: bytes.length,
      offset: this.#at,
    };
    this.#add(record);
    for (const piece of [encodeLocalHeader(record), packed, encodeDescriptor(record)]) await this.#put(piece);
  }

  async finish(): Promise<void> {
    const directoryOffset = this.#at;
    for (const records of this.#directory.pieces()) await this.#put(records);
    await this.#put(encodeEnd(this.#count, directoryOffset, this.#at - directoryOffset));
  }

  #add(record: ZipRecord): void {
    this.#count += 1;
    this.#directory.append(encodeDirectoryRecord(record));
  }

  async #put(bytes: Uint8Array): Promise<void> {
    await this.#file.write(bytes);
    this.#at += bytes.length;
  }
}

function unusable(reason: string, cause?: unknown): TickmarkError {
  return new TickmarkError(
    "bundle-part-invalid",
    `The bundle ${reason}.`,
    "Verify it with `tickmark verify`, and take it as it was exported.",
    cause === undefined ? undefined : { cause },
  );
}
