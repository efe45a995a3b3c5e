import type { z } from "zod";
import type { Attestation } from "../../model/attestation-facts.ts";
import { AttestationFile, WrittenAttestation } from "../../model/attestation-file.ts";
import type { Fact, ReadFacts, Unread } from "../../model/facts.ts";
import type { attestationFormats } from "../../model/formats/attestation-formats.ts";
import type { Origin } from "../../model/origin.ts";
import { readTime } from "../../model/written-time.ts";
import { type CsvRecord, readCsvRecords } from "../csv-evidence.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import type { FormatReaders } from "../format-reader.ts";
import { originOf, type Unreadable, unreadWhole } from "../json-evidence.ts";
import { parseYaml } from "../yaml-evidence.ts";

/** Readers of attestations. JSON is YAML, and read as such. */
export const attestationReaders: FormatReaders<(typeof attestationFormats)[number]> = {
  "tickmark.attestations": readAttestations,
  "tickmark.attestations-csv": (input) =>
    readCsvRecords(input, (record, origin) => {
      const read = readOne(cellsOf(record), origin, input);
      return "reason" in read ? read : [read];
    }),
};

function readAttestations(input: EvidenceInput): ReadFacts {
  const parsed = parseYaml(input);
  if ("reason" in parsed) return unreadWhole(input, parsed);
  const [document, ...more] = parsed.documents;
  if (more.length > 0) return unreadWhole(input, { reason: "it holds several YAML documents" });
  const file = AttestationFile.safeParse(document);
  if (!file.success) return unreadWhole(input, { reason: firstIssue(file.error) });
  const facts: Fact[] = [];
  const unread: Unread[] = [];
  for (const [index, written] of file.data.attestations.entries()) {
    const origin = originOf(input, `/attestations/${index}`);
    const read = readOne(written, origin, input);
    if ("reason" in read) unread.push({ origin, reason: read.reason });
    else facts.push(read);
  }
  return { facts, unread };
}

function readOne(value: unknown, origin: Origin, { reading }: EvidenceInput): Attestation | Unreadable {
  const written = WrittenAttestation.safeParse(value);
  if (!written.success) return { reason: firstIssue(written.error) };
  const { control, occurrence, by, at, done, open, remarks, documents, note } = written.data;
  const both = done.find((id) => open.includes(id));
  if (both !== undefined) return { reason: `${both} is both done and open` };
  const moment = readTime(at, reading);
  if ("reason" in moment) return moment;
  const point = (isDone: boolean) => (id: string) => ({ id, done: isDone, note: remarks[id] ?? "" });
  return {
    ...{ kind: "attestation", origin, control, occurrence, by, at: moment.at, documents, note },
    // Two that differ in anything that counts are two, and both are shown.
    id: [control, occurrence, by, moment.at, ...done, ...documents.map(({ sha256 }) => sha256)].join(" "),
    checklist: [...done.map(point(true)), ...open.map(point(false))],
  };
}

/** Lists stand in one cell, with semicolons between: `logs-read; findings-followed-up`, `minutes.pdf=<SHA-256>`. */
function cellsOf(record: CsvRecord): unknown {
  const list = (column: string) =>
    record
      .cell(column)
      .split(";")
      .map((part) => part.trim())
      .filter((part) => part !== "");
  return {
    ...{ control: record.cell("control"), occurrence: record.cell("occurrence"), by: record.cell("by") },
    ...{ at: record.cell("at"), done: list("done"), open: list("open"), note: record.cell("note") },
    documents: list("documents").map((part) => {
      const end = part.lastIndexOf("=");
      return { name: part.slice(0, Math.max(0, end)).trim(), sha256: part.slice(end + 1).trim() };
    }),
  };
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue ? `${issue.path.join(".") || "the file"}: ${issue.message}` : "it is not as it should be";
}
