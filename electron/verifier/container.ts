import { createHash } from "node:crypto";
import { asicManifestLines, type DataReference } from "../../shared/bundle/asic-manifest.ts";
import {
  asicManifestPath,
  asicManifestPathOf,
  containerMediaType,
  countSignatures,
  manifestPath,
  mimetypePath,
  sha256sumsPath,
  signaturePathOf,
} from "../../shared/bundle/container-names.ts";
import { ManifestReader, type ReadManifest } from "../../shared/bundle/manifest-reading.ts";
import { sha256SumsLines } from "../../shared/bundle/sha256sums.ts";
import { stored } from "../../shared/bundle/zip-records.ts";
import { TickmarkError } from "../../shared/errors.ts";
import type { Sha256 } from "../../shared/model/digest.ts";
import { type Check, failed, notPossible, passed } from "../../shared/model/verification-report.ts";
import type { Pace } from "../../shared/verification/pace.ts";
import type { Archive } from "./archive.ts";
import { tooLargeToRead } from "./archive-faults.ts";

/** The files that list or seal the others may have up to this size. */
export const maxListSize = 512 * 2 ** 20;
/** What is read whole may have up to this. */
const maxHeldSize = 64 * 2 ** 20;

const containerFiles = [mimetypePath, manifestPath, sha256sumsPath, asicManifestPath];

/** The archive is the container that a bundle is, and it is written as one. */
export async function checkContainer(archive: Archive): Promise<Check> {
  const [first] = archive.entries.values();
  if (first?.name !== mimetypePath || first.method !== stored) {
    return failed("container", "The archive does not begin with its type, as an ASiC-E container does.", {
      subject: mimetypePath,
      expected: mimetypePath,
      found: first?.name ?? "nothing",
    });
  }
  const type = await readOrReason(archive, mimetypePath);
  if (type.bytes?.toString() !== containerMediaType) {
    return failed("container", "The archive names another type than that of an ASiC-E container.", {
      subject: mimetypePath,
      expected: containerMediaType,
      found: type.bytes?.subarray(0, 100).toString() ?? type.reason,
    });
  }
  if (archive.deviation !== null) {
    const { subject, byte, expected, found } = archive.deviation;
    const detail = `The archive was changed or packed again by another program: byte ${byte} differs, in ${subject}.`;
    return failed("container", detail, { subject, expected, found });
  }
  return passed(
    "container",
    `Every byte of the archive belongs to one of its ${archive.entries.size} files or their records.`,
  );
}

export interface CheckedManifest {
  readonly check: Check;
  readonly manifest: ReadManifest | null;
  readonly manifestSha256: Sha256 | null;
}

/**
 * The manifest is well formed and lists exactly the files that are there.
 *
 * @throws TickmarkError `bundle-format-newer`, because then nothing can be said
 */
export async function checkManifest(archive: Archive): Promise<CheckedManifest> {
  const unreadable = (detail: string) => {
    return { check: failed("manifest", detail, { subject: manifestPath }), manifest: null, manifestSha256: null };
  };
  const reader = new ManifestReader((path) => archive.entries.held(path) ?? path);
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const hash = createHash("sha256");
  let isText = true;
  const decode = (piece?: Uint8Array) => {
    try {
      if (isText) reader.push(piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true }));
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      isText = false;
    }
  };
  const problem = await passPieces(archive, manifestPath, (piece) => {
    hash.update(piece);
    decode(piece);
  });
  if (problem !== null) return unreadable(problem);
  decode();
  if (!isText) return unreadable("The manifest is not UTF-8 text.");
  let manifest: ReadManifest;
  try {
    manifest = reader.finish();
  } catch (error) {
    if (!(error instanceof TickmarkError) || error.code === "bundle-format-newer") throw error;
    return unreadable(error.message);
  }
  const manifestSha256 = hash.digest("hex");
  const check = compareFiles(archive, manifest) ?? (await compareSums(archive, manifest, manifestSha256));
  return { check, manifest, manifestSha256 };
}

const checkingFiles = "Checking the files, bytes";

/** Every file of the manifest has the size and hash that it names. Says the first that has not, and how many. */
export async function checkHashes(archive: Archive, manifest: ReadManifest, pace: Pace): Promise<Check> {
  let [first, differences]: [Check | null, number] = [null, 0];
  let [done, total] = [0, 0];
  for (const { size } of manifest.files) total += size;
  for (const file of manifest.files) {
    const before = done;
    const found = await hashEntry(archive, file.path, (passed) => pace.at(checkingFiles, before + passed, total));
    const expected = `${file.sha256} (${file.size} bytes)`;
    if (found !== expected) {
      const detail = `The file "${file.path}" is not the one that the manifest names.`;
      first ??= failed("hashes", detail, { subject: file.path, expected, found });
      differences += 1;
    }
    done += file.size;
    await pace.at(checkingFiles, done, total);
  }
  if (first === null)
    return passed("hashes", `All ${manifest.files.length} files have the hash that the manifest names.`);
  const detail = `${first.detail} It is the first of ${differences} among ${manifest.files.length}.`;
  return differences === 1 ? first : { ...first, detail };
}

/** The list under a signature, counted from 1, names exactly what is in the archive; a failed check when it does not. */
export async function compareSignedList(
  archive: Archive,
  number: number,
  manifest: ReadManifest,
  manifestSha256: Sha256,
): Promise<Check | null> {
  const listPath = asicManifestPathOf(number);
  const references = referencesOf(manifest, manifestSha256);
  const compared = await findDifferentLine(archive, listPath, asicManifestLines(references, signaturePathOf(number)));
  if (compared === null) return null;
  if ("problem" in compared) return failed("signature", compared.problem, { subject: listPath });
  return failed("signature", "The signed list is not the list of these files: the signature is over something else.", {
    subject: `${listPath} line ${compared.line}`,
    expected: compared.expected,
    found: compared.found,
  });
}

function* referencesOf({ files }: ReadManifest, manifestSha256: Sha256): Generator<DataReference> {
  for (const { path, mediaType, sha256 } of files) yield referenceTo(path, mediaType, sha256);
  yield referenceTo(manifestPath, "application/json", manifestSha256);
  const sums = createHash("sha256");
  for (const line of sha256SumsLines(files, manifestSha256)) sums.update(line);
  yield referenceTo(sha256sumsPath, "text/plain", sums.digest("hex"));
}

function referenceTo(path: string, mediaType: string, sha256: Sha256): DataReference {
  return { path, mediaType, sha256Base64: Buffer.from(sha256, "hex").toString("base64") };
}

/**
 * Goes through a file of the container that may be too large to hold.
 *
 * @returns why it cannot be had; null when it was gone through to its end
 */
export async function passPieces(
  archive: Archive,
  path: string,
  pass: (piece: Uint8Array) => void,
): Promise<string | null> {
  const entry = archive.entries.get(path);
  if (entry === undefined) return `The file "${path}" is missing.`;
  if (entry.size > maxListSize) return tooLargeToRead(path, entry.size).message;
  try {
    for await (const piece of archive.stream(path)) pass(piece);
    return null;
  } catch (error) {
    if (error instanceof TickmarkError) return error.message;
    throw error;
  }
}

/** A file of the container, or why it cannot be had. */
export async function readOrReason(
  archive: Archive,
  path: string,
): Promise<{ bytes: Buffer; reason: "" } | { bytes: null; reason: string }> {
  if (!archive.entries.has(path)) return { bytes: null, reason: `The file "${path}" is missing.` };
  try {
    return { bytes: await archive.read(path, maxHeldSize), reason: "" };
  } catch (error) {
    if (error instanceof TickmarkError) return { bytes: null, reason: error.message };
    throw error;
  }
}

function compareFiles(archive: Archive, manifest: ReadManifest): Check | null {
  const count = countSignatures((path) => archive.entries.has(path));
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  // A missing signature is the signature's matter.
  const own = [...containerFiles, ...numbers.map(asicManifestPathOf)];
  const missing = firstOf([own, pathsOf(manifest)], (path) => !archive.entries.has(path));
  if (missing !== undefined) {
    return failed("manifest", `The file "${missing}" is missing from the archive.`, {
      subject: missing,
      expected: "a file",
      found: "nothing",
    });
  }
  const unlisted = new Set([...own, ...numbers.map(signaturePathOf)]);
  const isListed = (path: string) => manifest.files.named(path) !== undefined || unlisted.has(path);
  const extra = firstOf([archive.entries.keys()], (path) => !isListed(path));
  if (extra === undefined) return null;
  return failed("manifest", `The file "${extra}" is in the archive and not in the manifest.`, {
    subject: extra,
    expected: "nothing",
    found: "a file",
  });
}

function* pathsOf({ files }: ReadManifest): Generator<string> {
  for (const { path } of files) yield path;
}

function firstOf(lists: readonly Iterable<string>[], isIt: (path: string) => boolean): string | undefined {
  for (const list of lists) for (const path of list) if (isIt(path)) return path;
  return undefined;
}

async function compareSums(archive: Archive, manifest: ReadManifest, manifestSha256: Sha256): Promise<Check> {
  const compared = await findDifferentLine(archive, sha256sumsPath, sha256SumsLines(manifest.files, manifestSha256));
  if (compared === null) {
    return passed("manifest", `The manifest lists the ${manifest.files.length} files that are there, and no others.`);
  }
  if ("problem" in compared) return failed("manifest", compared.problem, { subject: sha256sumsPath });
  return failed("manifest", `${sha256sumsPath} says something else than the manifest.`, {
    subject: `${sha256sumsPath} line ${compared.line}`,
    expected: compared.expected,
    found: compared.found,
  });
}

async function hashEntry(archive: Archive, path: string, onPiece: (passed: number) => Promise<void>): Promise<string> {
  const hash = createHash("sha256");
  let size = 0;
  try {
    for await (const piece of archive.stream(path)) {
      hash.update(piece);
      size += piece.length;
      await onPiece(size);
    }
  } catch (error) {
    if (error instanceof TickmarkError && error.code === "bundle-part-invalid") return error.message;
    throw error;
  }
  return `${hash.digest("hex")} (${size} bytes)`;
}

/**
 * Compares a file of the container with the lines that it should have, each with its end.
 *
 * @returns the first line that differs, counted from 1; why the file cannot be read; or null when it is the same
 */
async function findDifferentLine(
  archive: Archive,
  path: string,
  lines: Iterable<string>,
): Promise<DifferentLine | { readonly problem: string } | null> {
  const comparison = new LineComparison(lines);
  const problem = await passPieces(archive, path, (piece) => comparison.pass(piece));
  return problem === null ? comparison.finish() : { problem };
}

interface DifferentLine {
  readonly line: number;
  readonly expected: string;
  readonly found: string;
}

const lineEnd = 0x0a;
/** Of a line that differs. What is shown of it is shorter. */
const longestLine = 1 << 16;

class LineComparison {
  readonly #expected: Iterator<string>;
  #difference: DifferentLine | null = null;
  #line = 0;
  #begun: Uint8Array[] = [];
  #begunSize = 0;

  constructor(lines: Iterable<string>) {
    this.#expected = lines[Symbol.iterator]();
  }

  pass(piece: Uint8Array): void {
    let from = 0;
    while (this.#difference === null) {
      const end = piece.indexOf(lineEnd, from);
      if (end < 0) break;
      this.#compare(Buffer.concat([...this.#begun, piece.subarray(from, end + 1)]));
      this.#begun = [];
      this.#begunSize = 0;
      from = end + 1;
    }
    if (from === piece.length || this.#difference !== null) return;
    this.#begunSize += piece.length - from;
    this.#begun.push(Buffer.from(piece.subarray(from)));
    if (this.#begunSize > longestLine) this.#compare(Buffer.concat(this.#begun));
  }

  finish(): DifferentLine | null {
    // What stands behind the last line end, even if it is nothing, is a line that should be empty.
    if (this.#difference === null) this.#compare(Buffer.concat(this.#begun));
    return this.#difference;
  }

  #compare(found: Buffer): void {
    this.#line += 1;
    const next = this.#expected.next();
    const expected = next.done ? "" : next.value;
    if (found.equals(Buffer.from(expected))) return;
    const [wanted, given] = [withoutEnd(expected), withoutEnd(found.toString()).slice(0, 1000)];
    // Only its end is missing: then so is the line behind it, were it an empty one.
    if (wanted === given) {
      const after = this.#expected.next();
      this.#difference = {
        line: this.#line + 1,
        expected: after.done ? "" : withoutEnd(after.value),
        found: "nothing",
      };
    } else this.#difference = { line: this.#line, expected: wanted, found: given };
  }
}

function withoutEnd(line: string): string {
  return line.endsWith("\n") ? line.slice(0, -1) : line;
}

/** For what rests on a check that did not hold. */
export function notLookedAt(id: Check["id"], because: string): Check {
  return notPossible(id, `It was not looked at: ${because}.`);
}
