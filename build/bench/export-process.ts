/**
 * Writes a bundle and prints how long that took and how much memory: `export-process.ts TARGET files FOLDER` of the files below a
 * folder, `export-process.ts TARGET engagement FILE` of the evidence in an engagement file. A process of its own, since the peak
 * memory of a process is that of all that it did.
 */
import { closeSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import { evidenceParts } from "../../electron/engine/steps/bundle-layout.ts";
import { redactRecord } from "../../electron/engine/steps/evidence-redaction.ts";
import { issueCertificates } from "../../electron/export/identity/certificate-issuing.ts";
import { identityOf } from "../../electron/export/identity/signing-identity.ts";
import { type BundlePart, writeContainer } from "../../electron/export/zip.ts";
import { openEngagement } from "../../electron/store/engagement-file.ts";
import { comparePaths } from "../../shared/bundle/manifest.ts";
import { createRedactor } from "../../shared/bundle/redaction/redactor.ts";
import { instantOf } from "../../shared/model/instant.ts";
import { ownPeakMemory } from "./measurement.ts";

const [target = "", what = "", from = ""] = process.argv.slice(2);
const at = instantOf(Date.parse("2026-01-01T00:00:00Z"));
const validity = [new Date("2025-01-01T00:00:00Z"), new Date("2099-01-01T00:00:00Z")] as const;
const names = { commonName: "Bench", organisation: "Bench" };
const { leafKey, leaf, root } = await issueCertificates(names, "ecdsa-p256", ...validity);
const engagement = { id: "e", name: "Bench", entity: "Bench", from: "2025-01-01", to: "2026-01-01", timeZone: "UTC" };

const began = performance.now();
const written = await writeContainer({
  parts: what === "files" ? filesBelow(from) : evidenceOf(from),
  info: { tool: { name: "Tickmark", version: "0.0.0" }, engagement, createdAt: at, activityHead: "0".repeat(64) },
  identity: identityOf(leafKey, [leaf, root]),
  signedAt: at,
  target,
});
const ms = performance.now() - began;
const measured = { ms, files: written.files, size: written.size, peakMemoryBytes: ownPeakMemory() };
process.stdout.write(JSON.stringify(measured));

async function* filesBelow(folder: string): AsyncGenerator<BundlePart> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const sorted = paths
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort(comparePaths);
  for (const path of sorted) yield partOf(path, () => readFileSync(join(folder, path)));
}

/** As an export does: every record is looked through for secrets before the first one is written. */
async function* evidenceOf(file: string): AsyncGenerator<BundlePart> {
  const store = openEngagement(file, { now: () => at });
  const redactor = createRedactor(null, { roster: false, persons: [] });
  for (const sha256 of linesOf(`${file}.hashes`)) {
    const [record] = store.describeEvidence(sha256);
    const found = record && (await redactRecord(record, store, redactor, null));
    if (found) throw new Error(`The evidence of the benchmark has a secret in ${record.locator}.`);
  }
  for (const sha256 of linesOf(`${file}.hashes`)) {
    const [record] = store.describeEvidence(sha256);
    if (record) yield* evidenceParts([record], store, new Map());
  }
  store.close();
}

/** A million lines are not held, since it is the memory of the export that is measured. */
function* linesOf(path: string): Generator<string> {
  const file = openSync(path, "r");
  const piece = Buffer.alloc(1 << 16);
  let begun = "";
  for (let length = readSync(file, piece); length > 0; length = readSync(file, piece)) {
    const lines = (begun + piece.toString("latin1", 0, length)).split("\n");
    begun = lines.pop() ?? "";
    yield* lines;
  }
  closeSync(file);
}

function partOf(path: string, bytes: () => Uint8Array): BundlePart {
  return { path, role: "evidence", mediaType: "application/octet-stream", bytes };
}
