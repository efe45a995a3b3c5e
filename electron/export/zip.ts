import type { Readable } from "node:stream";
import { asicManifestLines, type DataReference } from "../../shared/bundle/asic-manifest.ts";
import {
  asicManifestPath,
  containerMediaType,
  isReserved,
  manifestPath,
  mimetypePath,
  sha256sumsPath,
  signaturePath,
} from "../../shared/bundle/container-names.ts";
import {
  comparePaths,
  headOf,
  type ManifestInfo,
  manifestPieces,
  type PartRole,
} from "../../shared/bundle/manifest.ts";
import { foldPath } from "../../shared/bundle/part-path.ts";
import { sha256SumsLines } from "../../shared/bundle/sha256sums.ts";
import { TickmarkError } from "../../shared/errors.ts";
import type { Sha256 } from "../../shared/model/digest.ts";
import type { Instant } from "../../shared/model/instant.ts";
import type { SignerRole } from "../../shared/model/signer-role.ts";
import { ArchiveWriter, type EntryFacts } from "./archive-writer.ts";
import { AtomicFile } from "./atomic-file.ts";
import { signDetached } from "./cms.ts";
import { checkValidAt, type SigningIdentity } from "./identity/signing-identity.ts";
import { ListedFiles } from "./listed-files.ts";
import { SpoolFile } from "./spool-file.ts";
import { inBuffers } from "./text-content.ts";
import { type Stamp, timestampSignature } from "./timestamp/signature-timestamp.ts";
import { giveBackMemory } from "./unused-memory.ts";

/** Content that is stored somewhere and too large to be held. In the bundle it is as if it had been held. */
export interface LargeContent {
  readonly pieces: AsyncIterable<Uint8Array>;
}

/**
 * A file on its way into the bundle. What would be too much together is read when its turn has come; what is made as it is read, as a
 * stream.
 */
export interface BundlePart {
  readonly path: string;
  readonly role: PartRole;
  readonly mediaType: string;
  readonly bytes: Uint8Array | (() => Uint8Array | LargeContent | Readable);
  /** When it is known beforehand: it must then be what the stream gives. */
  readonly size?: number;
}

export interface ContainerProgress {
  /** The part that was written last. */
  readonly path: string;
  readonly files: number;
  readonly bytes: number;
}

export interface ContainerRequest {
  /** A list is sorted here; a stream of parts must come sorted by path (`comparePaths`). */
  readonly parts: readonly BundlePart[] | AsyncIterable<BundlePart>;
  readonly info: ManifestInfo;
  readonly identity: SigningIdentity;
  readonly signedAt: Instant;
  /** What the signer says to be. */
  readonly role?: SignerRole;
  /** Gives the signature a timestamp, when there is one to be had. */
  readonly stamp?: Stamp;
  /** Path of the ZIP file. */
  readonly target: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ContainerProgress) => void;
}

export interface WrittenContainer {
  /** That the manifest lists. */
  readonly files: number;
  /** Of the ZIP file. */
  readonly sha256: Sha256;
  readonly size: number;
}

/**
 * Writes the bundle as an ASiC-E container with a CAdES signature, which is an ordinary ZIP to everyone else. Memory does not
 * grow with the parts' sizes or number; the file appears when it is whole. Equal input gives equal bytes apart from signature and timestamp.
 *
 * @throws TickmarkError `bundle-path-invalid`, `bundle-part-invalid`, `identity-invalid`, `disk-full`, `file-unwritable`,
 * `cancelled`; what a part's stream throws comes through as it is
 */
export async function writeContainer(request: ContainerRequest): Promise<WrittenContainer> {
  checkValidAt(request.identity, request.signedAt);
  checkNotCancelled(request.signal);
  giveBackMemory();
  const file = await AtomicFile.create(request.target);
  try {
    using directory = new SpoolFile(request.target);
    using files = new ListedFiles(request.target);
    const archive = new ArchiveWriter(file, directory);
    try {
      await archive.store(mimetypePath, Buffer.from(containerMediaType));
      await writeParts(archive, files, request);
      files.confirmPaths();
      await writeSeal(archive, files, request);
      checkNotCancelled(request.signal);
      await archive.finish();
    } finally {
      await archive.destroy();
    }
    return { files: files.length, ...(await file.commit()) };
  } finally {
    await file.discard();
  }
}

async function writeParts(archive: ArchiveWriter, files: ListedFiles, request: ContainerRequest): Promise<void> {
  let bytes = 0;
  for await (const part of inOrder(request.parts)) {
    checkNotCancelled(request.signal);
    const { previous } = files.announce(part.path);
    checkPlace(part, previous);
    await writePart(archive, part, request, ({ size, sha256 }) => {
      checkNotCancelled(request.signal);
      if (part.size !== undefined && part.size !== size) throw wrongSize(part, size);
      files.add({ path: part.path, size, sha256, mediaType: part.mediaType, role: part.role });
      bytes += size;
      request.onProgress?.({ path: part.path, files: files.length, bytes });
    });
  }
  await archive.settle();
}

async function writePart(
  archive: ArchiveWriter,
  part: BundlePart,
  { target, signal }: Pick<ContainerRequest, "target" | "signal">,
  written: (facts: EntryFacts) => void,
): Promise<void> {
  const bytes = part.bytes instanceof Uint8Array ? part.bytes : part.bytes();
  if (bytes instanceof Uint8Array) return archive.pack(part.path, bytes, "by-content", written);
  if (!("pieces" in bytes)) return writeStreamedPart(archive, part, bytes, signal, written);
  using packed = new SpoolFile(target);
  await archive.packLarge(part.path, counted(part, bytes.pieces, signal), "by-content", packed, written);
}

async function* counted(
  part: BundlePart,
  source: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const bytes of source) {
    checkNotCancelled(signal);
    size += bytes.length;
    // A stream that does not end must not fill the disk first.
    if (size > (part.size ?? size)) throw wrongSize(part, size);
    yield bytes;
  }
}

async function writeStreamedPart(
  archive: ArchiveWriter,
  part: BundlePart,
  source: Readable,
  signal: AbortSignal | undefined,
  written: (facts: EntryFacts) => void,
): Promise<void> {
  const stop = () => source.destroy(cancelled());
  signal?.addEventListener("abort", stop);
  try {
    await archive.packStream(part.path, counted(part, source, undefined), written);
  } finally {
    signal?.removeEventListener("abort", stop);
    source.destroy();
  }
}

/** What lists and signs the parts comes last, when all of them are known. Each list is written as it is made. */
async function writeSeal(archive: ArchiveWriter, files: ListedFiles, request: ContainerRequest): Promise<void> {
  const manifest = manifestPieces(headOf(request.info), files);
  const manifestSha256 = await writeList(archive, manifestPath, manifest, request);
  const sums = sha256SumsLines(files, manifestSha256);
  const sumsSha256 = await writeList(archive, sha256sumsPath, sums, request);
  const references = referencesOf(files, manifestSha256, sumsSha256);
  const listSha256 = await writeList(archive, asicManifestPath, asicManifestLines(references), request);
  const signed = await signDetached(Buffer.from(listSha256, "hex"), request.identity, "cades", request);
  const signature = request.stamp === undefined ? signed : await timestampSignature(signed, request.stamp);
  await archive.store(signaturePath, signature);
}

/** @returns its SHA-256 */
async function writeList(
  archive: ArchiveWriter,
  path: string,
  pieces: Iterable<string>,
  { signal }: Pick<ContainerRequest, "signal">,
): Promise<Sha256> {
  async function* untilCancelled() {
    for await (const bytes of inBuffers(pieces)) {
      checkNotCancelled(signal);
      yield bytes;
    }
  }
  let sha256 = "";
  await archive.packStream(path, untilCancelled(), (facts) => {
    sha256 = facts.sha256;
  });
  await archive.settle();
  return sha256;
}

function* referencesOf(files: ListedFiles, manifestSha256: Sha256, sumsSha256: Sha256): Generator<DataReference> {
  for (const { path, mediaType, sha256 } of files) yield referenceTo(path, mediaType, sha256);
  yield referenceTo(manifestPath, "application/json", manifestSha256);
  yield referenceTo(sha256sumsPath, "text/plain", sumsSha256);
}

function referenceTo(path: string, mediaType: string, sha256: Sha256): DataReference {
  return { path, mediaType, sha256Base64: Buffer.from(sha256, "hex").toString("base64") };
}

async function* inOrder(parts: readonly BundlePart[] | AsyncIterable<BundlePart>): AsyncIterable<BundlePart> {
  if (Symbol.asyncIterator in parts) yield* parts;
  else yield* parts.toSorted((left, right) => comparePaths(left.path, right.path));
}

function checkPlace(part: BundlePart, previous: string | null): void {
  if (isReserved(foldPath(part.path))) throw unusable(part, "has a name that the container keeps for itself");
  if (previous !== null && comparePaths(previous, part.path) >= 0) throw unusable(part, `comes after "${previous}"`);
}

function checkNotCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelled();
}

function cancelled(): TickmarkError {
  return new TickmarkError(
    "cancelled",
    "The export was cancelled.",
    "Nothing was written; export again when you want.",
  );
}

function wrongSize(part: BundlePart, size: number): TickmarkError {
  return unusable(part, `has ${size} bytes or more and was announced with ${part.size}`);
}

function unusable(part: BundlePart, reason: string): TickmarkError {
  return new TickmarkError(
    "bundle-part-invalid",
    `The part "${part.path}" cannot go into the bundle: it ${reason}.`,
    "Report this; the export was built wrongly. Nothing was written.",
  );
}
