import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { copyFile, readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { TickmarkError } from "../../../shared/errors.ts";
import { parseCatalog } from "../../../shared/evaluation/catalog-text.ts";
import { AttestationFile, attestationsMark, WrittenAttestation } from "../../../shared/model/attestation-file.ts";
import type { Catalog, Control } from "../../../shared/model/catalog.ts";
import { nounsOf } from "../../../shared/model/population-words.ts";
import { writeFileAtomically } from "../../export/atomic-file.ts";
import { readDefaultCatalog } from "../resources.ts";

export interface AttestationRequest {
  /** File that it is added to; made if missing. Documents are copied beside it. */
  readonly path: string;
  readonly control: string;
  readonly occurrence: string;
  readonly by: string;
  /** Points of the checklist that were done; the others are open. */
  readonly done: readonly string[];
  readonly documents: readonly string[];
  readonly note: string;
  /** Catalog whose checklist it is, read already or by its path; without either the one that Tickmark brings. */
  readonly catalog?: Catalog;
  readonly catalogPath?: string;
}

const occurrenceOf: Partial<Record<Control["population"], { readonly pattern: RegExp; readonly like: string }>> = {
  week: { pattern: /^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/, like: "2026-W06" },
  quarter: { pattern: /^\d{4}-Q[1-4]$/, like: "2026-Q1" },
};

const comment = `# Attestations for Tickmark. Times are by the clock of the machine that this was written on, and prove no more than that.
# Hand this file over with the documents beside it, as a source of files.
`;

/**
 * Adds an attestation to a file of attestations, with its documents beside it. It becomes evidence when the file is pulled,
 * like anything else that is handed over.
 *
 * @param at the moment of attesting
 * @throws request-invalid, catalog-invalid, file-missing, file-unwritable, record-invalid
 */
export async function writeAttestation(request: AttestationRequest, at: string): Promise<WrittenAttestation> {
  const { checklist } = checkAgainstCatalog(request);
  const path = resolve(request.path);
  makeFolder(dirname(path));
  const { attestations } = readAttestations(path);
  const documents = [];
  for (const document of request.documents) documents.push(await keepBeside(document, dirname(path)));
  const written = WrittenAttestation.parse({
    control: request.control,
    occurrence: request.occurrence,
    by: request.by,
    at,
    done: [...new Set(request.done)],
    open: checklist.filter((id) => !request.done.includes(id)),
    documents,
    note: request.note,
  });
  const file = { tickmark: attestationsMark, attestations: [...attestations, written] };
  await writeFileAtomically(path, new TextEncoder().encode(`${comment}${stringify(file)}`));
  return written;
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    const action = "Name a file in a folder that you may write to.";
    throw new TickmarkError("file-unwritable", `The folder ${folder} cannot be made.`, action, { cause });
  }
}

/** The points that are asked: of a document the document itself. */
function checkAgainstCatalog(request: AttestationRequest): { readonly checklist: readonly string[] } {
  const { catalog = parseCatalog(readCatalogText(request.catalogPath)).catalog } = request;
  const control = catalog.controls.find(({ id }) => id === request.control);
  const attested = catalog.controls.filter(({ checklist }) => checklist.length > 0).map(({ id }) => id);
  if (!control || control.checklist.length === 0) {
    throw invalid(
      `Nothing is attested for ${request.control}.`,
      `Controls with a checklist are: ${attested.join(", ")}.`,
    );
  }
  const ids = control.checklist.map(({ id }) => id);
  const isDocument = control.population === "document";
  const asked = occurrenceOf[control.population];
  if (isDocument ? !ids.includes(request.occurrence) : asked && !asked.pattern.test(request.occurrence)) {
    throw invalid(
      `${request.control} is not attested for "${request.occurrence}": it is tested on ${nounsOf(control.population)}.`,
      isDocument ? `Give one of: ${ids.join(", ")}.` : `Give one as ${asked?.like ?? ""}.`,
    );
  }
  const checklist = isDocument ? [request.occurrence] : ids;
  const unknown = request.done.find((id) => !checklist.includes(id));
  if (unknown !== undefined) {
    throw invalid(`The checklist has no point "${unknown}".`, `It has: ${checklist.join(", ")}.`);
  }
  return { checklist };
}

function readCatalogText(path: string | undefined): string {
  if (path === undefined) return readDefaultCatalog();
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new TickmarkError("file-missing", `The catalog ${path} cannot be read.`, "Check its path.", { cause });
  }
}

function readAttestations(path: string): { readonly attestations: readonly unknown[] } {
  if (!existsSync(path)) return { attestations: [] };
  let document: unknown;
  try {
    document = parse(readFileSync(path, "utf8"), { schema: "core" });
  } catch {
    // What is no YAML is refused below, as what is no file of attestations.
  }
  const file = AttestationFile.safeParse(document);
  if (file.success) return file.data;
  throw new TickmarkError(
    "record-invalid",
    `${path} is no file of attestations.`,
    "Name a new file, or one that `tickmark attest` has written.",
  );
}

async function keepBeside(document: string, folder: string): Promise<WrittenAttestation["documents"][number]> {
  const name = basename(document);
  const kept = join(folder, name);
  const content = await readDocument(document);
  const sha256 = sha256Of(content);
  if (!existsSync(kept)) await copyDocument(document, kept);
  else if (sha256Of(await readDocument(kept)) !== sha256) {
    throw new TickmarkError(
      "file-unwritable",
      `${kept} is there already, with another content than ${document}.`,
      "Give the document a name of its own: what was attested before must stay as it was.",
    );
  }
  return { name, sha256 };
}

async function readDocument(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new TickmarkError("file-missing", `The document ${path} cannot be read.`, "Check its path.", { cause });
  }
}

async function copyDocument(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to);
  } catch (cause) {
    const action = "Name a file in a folder that exists and that you may write to.";
    throw new TickmarkError("file-unwritable", `${to} cannot be written.`, action, { cause });
  }
}

function sha256Of(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

function invalid(what: string, action: string): TickmarkError {
  return new TickmarkError("request-invalid", what, action);
}
