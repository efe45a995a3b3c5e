import { createHash } from "node:crypto";
import { ArchiveWriter } from "../../../electron/export/archive-writer.ts";
import { writeFileAtomically } from "../../../electron/export/atomic-file.ts";
import { signDetached } from "../../../electron/export/cms.ts";
import type { SigningIdentity } from "../../../electron/export/identity/signing-identity.ts";
import { signPdf } from "../../../electron/export/sign-pdf.ts";
import { type BundlePart, writeContainer } from "../../../electron/export/zip.ts";
import { openArchive } from "../../../electron/verifier/archive.ts";
import { asicManifestLines } from "../../../shared/bundle/asic-manifest.ts";
import type { Manifest } from "../../../shared/bundle/manifest.ts";
import { sha256SumsLines } from "../../../shared/bundle/sha256sums.ts";
import { encodeCanonical } from "../../../shared/model/canonical-json.ts";
import { checkIds, integrityCheckIds, passed } from "../../../shared/model/verification-report.ts";
import { heldRecords } from "../export/held-records.ts";
import { manifestInfo, sampleParts, signedAt } from "../export/sample-parts.ts";
import { makePdf } from "../export/sample-pdf.ts";

/** Answers of a re-performance that found nothing: the parts of these bundles are no audit. */
export const foundTheSame = async () => {
  const integrity: readonly string[] = integrityCheckIds;
  return checkIds.filter((id) => !integrity.includes(id)).map((id) => passed(id, "The same."));
};

export const manifestName = "manifest.json";
export const sumsName = "SHA256SUMS";
export const listName = "META-INF/ASiCManifest001.xml";
export const signatureName = "META-INF/signature001.p7s";

export async function signedReport(identity: SigningIdentity): Promise<Buffer> {
  return signPdf(await makePdf(), identity, { name: "Ada", reason: "Prepared", signedAt });
}

/** A small bundle, signed throughout by one identity. */
export async function writeBundle(
  path: string,
  identity: SigningIdentity,
  parts?: readonly BundlePart[],
): Promise<void> {
  const content = parts ?? sampleParts(await signedReport(identity));
  await writeContainer({ parts: content, info: manifestInfo, identity, signedAt, target: path });
}

/** The files of an archive, in order. */
export async function filesOf(path: string): Promise<Map<string, Buffer>> {
  const archive = await openArchive(path);
  try {
    const files = new Map<string, Buffer>();
    for (const name of archive.entries.keys()) files.set(name, await archive.read(name, 1 << 30));
    return files;
  } finally {
    await archive.close();
  }
}

/**
 * What an attacker with our own program can do: any files, in an archive without a flaw.
 *
 * @param deflated whether they are compressed, which takes most of the time
 */
export async function packFiles(path: string, files: ReadonlyMap<string, Buffer>, deflated = true): Promise<void> {
  const pieces: Buffer[] = [];
  const target = { write: async (bytes: Uint8Array) => void pieces.push(Buffer.from(bytes)) };
  const writer = new ArchiveWriter(target, heldRecords());
  for (const [name, bytes] of files)
    await (name === "mimetype" || !deflated ? writer.store(name, bytes) : writer.deflate(name, bytes));
  await writer.finish();
  await writeFileAtomically(path, Buffer.concat(pieces));
}

/** Makes the manifest, the sums and the list to be signed fit the files again, as far as asked. */
export function refit(files: Map<string, Buffer>, upTo: "manifest" | "list"): void {
  const manifest: Manifest = JSON.parse(textOf(files, manifestName));
  for (const file of manifest.files) {
    const bytes = files.get(file.path);
    if (bytes !== undefined) Object.assign(file, { size: bytes.length, sha256: hashOf(bytes) });
  }
  files.set(manifestName, Buffer.from(encodeCanonical(manifest)));
  files.set(sumsName, inOne(sha256SumsLines(manifest.files, hashOf(files.get(manifestName)))));
  if (upTo === "manifest") return;
  const reference = (path: string, mediaType: string) => {
    return { path, mediaType, sha256Base64: Buffer.from(hashOf(files.get(path)), "hex").toString("base64") };
  };
  const references = [
    ...manifest.files.map((file) => reference(file.path, file.mediaType)),
    reference(manifestName, "application/json"),
    reference(sumsName, "text/plain"),
  ];
  files.set(listName, inOne(asicManifestLines(references)));
}

function inOne(lines: Iterable<string>): Buffer {
  return Buffer.from([...lines].join(""));
}

/** Signs the list that is there, whatever it says. */
export async function signList(files: Map<string, Buffer>, identity: SigningIdentity, at = signedAt): Promise<void> {
  const digest = createHash("sha256")
    .update(files.get(listName) ?? "")
    .digest();
  files.set(signatureName, await signDetached(digest, identity, "cades", { signedAt: at }));
}

export function textOf(files: ReadonlyMap<string, Buffer>, name: string): string {
  return files.get(name)?.toString() ?? "";
}

export function hashOf(bytes: Uint8Array | undefined): string {
  return createHash("sha256")
    .update(bytes ?? "")
    .digest("hex");
}
