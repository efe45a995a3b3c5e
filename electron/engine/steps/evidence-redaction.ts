import { type RedactedEvidence, redactedEvidencePath } from "../../../shared/bundle/redaction/redaction-log.ts";
import type { Redactor } from "../../../shared/bundle/redaction/redactor.ts";
import type { Reading } from "../../../shared/model/evidence.ts";
import type { RedactionRules } from "../../../shared/model/redaction-rules.ts";
import type { ReadableEngagement } from "../../store/engagement-file.ts";
import { digest } from "../digest.ts";
import type { CarriedContent } from "./carried-records.ts";
import { largeFrom, mayHoldSecretInPieces } from "./large-record.ts";

/** A record as the bundle has it, when that is not as it was received. */
export interface DerivedRecord {
  readonly entry: RedactedEvidence;
  /** Makes the copy anew, the same each time; null where it was withheld. */
  readonly bytes: (() => Uint8Array) | null;
}

/** Where records are read from. */
export type RecordReading = Pick<ReadableEngagement, "readEvidence" | "streamEvidence">;

/**
 * Looks through a record for what must not be told. A large one is held only where something is to be replaced in it, or by the rules of
 * an edition for outsiders.
 *
 * @returns null when the bundle can have it as it is
 */
export async function redactRecord(
  record: CarriedContent,
  store: RecordReading,
  redactor: Redactor,
  rules: RedactionRules | null,
): Promise<DerivedRecord | null> {
  if (rules === null && record.size > largeFrom) {
    const pieces = () => store.streamEvidence(record.sha256);
    if (!(await mayHoldSecretInPieces(pieces, record.reading))) return null;
  }
  const read = (sha256: string) => store.readEvidence(sha256);
  const original = { sha256: record.sha256, size: record.size };
  const decoded = decodeRecord(read(record.sha256), record.reading, rules !== null);
  if (decoded === null) {
    if (rules === null || rules.attachments === "keep") return null;
    const withheld = "It is no text, in which nothing can be found and replaced.";
    return { entry: { original, derived: null, replaced: [], withheld }, bytes: null };
  }
  const { text, replaced } = redactor.redactText(decoded.text);
  if (replaced.length === 0) return null;
  const copy = decoded.encode(text);
  const derived = { path: redactedEvidencePath(record.sha256), sha256: digest(copy), size: copy.length };
  const again = () => {
    const source = decodeRecord(read(record.sha256), record.reading, rules !== null);
    return source === null ? copy : source.encode(redactor.redactText(source.text).text);
  };
  return { entry: { original, derived, replaced: [...replaced], withheld: "" }, bytes: again };
}

/** Looks through a record as an edition for outsiders does, so that the redactor knows everybody who is named in it. */
export function meetPersonsIn(record: CarriedContent, store: RecordReading, redactor: Redactor): void {
  const decoded = decodeRecord(store.readEvidence(record.sha256), record.reading, true);
  if (decoded !== null) redactor.redactText(decoded.text);
}

interface DecodedRecord {
  readonly text: string;
  readonly encode: (text: string) => Uint8Array;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * A record as text that gives the same bytes back where nothing is replaced. What says of itself no encoding and is no UTF-8 is
 * taken byte by byte, so that a token in it is found; for outsiders that is not enough, and it counts as no text.
 */
function decodeRecord(
  bytes: Uint8Array,
  reading: Pick<Reading, "encoding"> | undefined,
  isForOutsiders: boolean,
): DecodedRecord | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const encoding = reading?.encoding;
  if (encoding === "utf-16le")
    return { text: buffer.toString("utf16le"), encode: (text) => Buffer.from(text, "utf16le") };
  if (encoding === "utf-16be") {
    if (buffer.length % 2 !== 0) return null;
    const text = Buffer.from(buffer).swap16().toString("utf16le");
    return { text, encode: (redacted) => Buffer.from(redacted, "utf16le").swap16() };
  }
  if (encoding !== "latin-1") {
    try {
      return { text: utf8.decode(buffer), encode: (text) => Buffer.from(text) };
    } catch {
      if (isForOutsiders) return null;
    }
  }
  return { text: buffer.toString("latin1"), encode: (text) => Buffer.from(text, "latin1") };
}
