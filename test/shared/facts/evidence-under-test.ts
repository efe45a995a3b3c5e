import { hash } from "node:crypto";
import type { EvidenceInput } from "../../../shared/facts/evidence-input.ts";
import type { EvidenceFormat, Reading } from "../../../shared/model/evidence.ts";

/** A record as the store gives it to a reader. */
export function evidenceInput(
  content: string | Uint8Array,
  reading?: Reading,
  format: EvidenceFormat = "attachment.document",
): EvidenceInput {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return { sha256: hash("sha256", bytes), format, locator: "file", sourceId: "files", reading, bytes };
}
