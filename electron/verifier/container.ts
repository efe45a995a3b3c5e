import { createHash } from "node:crypto";
import { type DataReference, encodeAsicManifest } from "../../shared/bundle/asic-manifest.ts";
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
import { type Manifest, parseManifest } from "../../shared/bundle/manifest.ts";
import { encodeSha256Sums } from "../../shared/bundle/sha256sums.ts";
import { stored } from "../../shared/bundle/zip-records.ts";
import { TickmarkError } from "../../shared/errors.ts";
import type { Sha256 } from "../../shared/model/digest.ts";
import { type Check, failed, notPossible, passed } from "../../shared/model/verification-report.ts";
import type { Archive } from "./archive.ts";

/** The files that list or seal the others are read whole, up to this size. */
export const maxListSize = 512 * 2 ** 20;

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

export interface ReadManifest {
  readonly check: Check;
  readonly manifest: Manifest | null;
  readonly manifestSha256: Sha256 | null;
}

/**
 * The manifest is well formed and lists exactly the files that are there.
 *
 * @throws TickmarkError `bundle-format-newer`, because then nothing can be said
 */
export async function checkManifest(archive: Archive): Promise<ReadManifest> {
  const unreadable = (detail: string) => {
    return { check: failed("manifest", detail, { subject: manifestPath }), manifest: null, manifestSha256: null };
  };
  const read = await readOrReason(archive, manifestPath);
  if (read.bytes === null) return unreadable(read.reason);
  let manifest: Manifest;
  try {
    manifest = parseManifest(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(read.bytes));
  } catch (error) {
    if (!(error instanceof TickmarkError)) return unreadable("The manifest is not UTF-8 text.");
    if (error.code === "bundle-format-newer") throw error;
    return unreadable(error.message);
  }
  const manifestSha256 = sha256Of(read.bytes);
  const check = compareFiles(archive, manifest) ?? (await compareSums(archive, manifest, manifestSha256));
  return { check, manifest, manifestSha256 };
}

/** Every file of the manifest has the size and hash that it names. Says the first that has not, and how many. */
export async function checkHashes(
  archive: Archive,
  manifest: Manifest,
  onProgress: (done: number, total: number) => void,
  checkNotCancelled: () => void,
): Promise<Check> {
  const differences: Check[] = [];
  const total = manifest.files.reduce((sum, file) => sum + file.size, 0);
  let done = 0;
  for (const file of manifest.files) {
    checkNotCancelled();
    const found = await hashEntry(archive, file.path);
    const expected = `${file.sha256} (${file.size} bytes)`;
    if (found !== expected) {
      const detail = `The file "${file.path}" is not the one that the manifest names.`;
      differences.push(failed("hashes", detail, { subject: file.path, expected, found }));
    }
    done += file.size;
    onProgress(done, total);
  }
  const [first] = differences;
  if (first === undefined)
    return passed("hashes", `All ${manifest.files.length} files have the hash that the manifest names.`);
  const detail = `${first.detail} It is the first of ${differences.length} among ${manifest.files.length}.`;
  return differences.length === 1 ? first : { ...first, detail };
}

/** The list under a signature, counted from 1, names exactly what is in the archive; a failed check when it does not. */
export async function compareSignedList(
  archive: Archive,
  number: number,
  manifest: Manifest,
  manifestSha256: Sha256,
): Promise<Check | null> {
  const listPath = asicManifestPathOf(number);
  const list = await readOrReason(archive, listPath);
  if (list.bytes === null) return failed("signature", list.reason, { subject: listPath });
  const reference = (path: string, mediaType: string, sha256: Sha256): DataReference => {
    return { path, mediaType, sha256Base64: Buffer.from(sha256, "hex").toString("base64") };
  };
  const references = [
    ...manifest.files.map((file) => reference(file.path, file.mediaType, file.sha256)),
    reference(manifestPath, "application/json", manifestSha256),
    reference(sha256sumsPath, "text/plain", sha256Of(Buffer.from(encodeSha256Sums(manifest, manifestSha256)))),
  ];
  const difference = firstDifferentLine(encodeAsicManifest(references, signaturePathOf(number)), list.bytes);
  if (difference === null) return null;
  return failed("signature", "The signed list is not the list of these files: the signature is over something else.", {
    subject: `${listPath} line ${difference.line}`,
    expected: difference.expected,
    found: difference.found,
  });
}

/** A file of the container, or why it cannot be had. */
export async function readOrReason(
  archive: Archive,
  path: string,
): Promise<{ bytes: Buffer; reason: "" } | { bytes: null; reason: string }> {
  if (!archive.entries.has(path)) return { bytes: null, reason: `The file "${path}" is missing.` };
  try {
    return { bytes: await archive.read(path, maxListSize), reason: "" };
  } catch (error) {
    if (error instanceof TickmarkError) return { bytes: null, reason: error.message };
    throw error;
  }
}

function compareFiles(archive: Archive, manifest: Manifest): Check | null {
  const count = countSignatures((path) => archive.entries.has(path));
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  // A missing signature is the signature's matter.
  const signatures = new Set(numbers.map(signaturePathOf));
  const lists = numbers.map(asicManifestPathOf);
  const listed = new Set([...containerFiles, ...lists, ...signatures, ...manifest.files.map(({ path }) => path)]);
  const missing = [...listed].find((path) => !archive.entries.has(path) && !signatures.has(path));
  if (missing !== undefined) {
    return failed("manifest", `The file "${missing}" is missing from the archive.`, {
      subject: missing,
      expected: "a file",
      found: "nothing",
    });
  }
  const extra = [...archive.entries.keys()].find((path) => !listed.has(path));
  if (extra === undefined) return null;
  return failed("manifest", `The file "${extra}" is in the archive and not in the manifest.`, {
    subject: extra,
    expected: "nothing",
    found: "a file",
  });
}

async function compareSums(archive: Archive, manifest: Manifest, manifestSha256: Sha256): Promise<Check> {
  const sums = await readOrReason(archive, sha256sumsPath);
  if (sums.bytes === null) return failed("manifest", sums.reason, { subject: sha256sumsPath });
  const difference = firstDifferentLine(encodeSha256Sums(manifest, manifestSha256), sums.bytes);
  if (difference === null) {
    return passed("manifest", `The manifest lists the ${manifest.files.length} files that are there, and no others.`);
  }
  return failed("manifest", `${sha256sumsPath} says something else than the manifest.`, {
    subject: `${sha256sumsPath} line ${difference.line}`,
    expected: difference.expected,
    found: difference.found,
  });
}

async function hashEntry(archive: Archive, path: string): Promise<string> {
  const hash = createHash("sha256");
  let size = 0;
  try {
    for await (const piece of archive.stream(path)) {
      hash.update(piece);
      size += piece.length;
    }
  } catch (error) {
    if (error instanceof TickmarkError && error.code === "bundle-part-invalid") return error.message;
    throw error;
  }
  return `${hash.digest("hex")} (${size} bytes)`;
}

function firstDifferentLine(expected: string, found: Buffer): { line: number; expected: string; found: string } | null {
  if (found.equals(Buffer.from(expected))) return null;
  const [wanted, given] = [expected.split("\n"), found.toString().split("\n")];
  const at = wanted.findIndex((line, index) => line !== given[index]);
  const line = at < 0 ? wanted.length : at;
  return { line: line + 1, expected: wanted[line] ?? "nothing", found: (given[line] ?? "nothing").slice(0, 1000) };
}

function sha256Of(bytes: Uint8Array): Sha256 {
  return createHash("sha256").update(bytes).digest("hex");
}

/** For what rests on a check that did not hold. */
export function notLookedAt(id: Check["id"], because: string): Check {
  return notPossible(id, `It was not looked at: ${because}.`);
}
