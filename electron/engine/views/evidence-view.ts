import { TickmarkError } from "../../../shared/errors.ts";
import type { Evidence } from "../../../shared/model/evidence.ts";
import { fileFormatOf } from "../../../shared/model/file-format.ts";
import { findPart } from "../../../shared/model/record-part.ts";
import { decodeLossy } from "../../../shared/model/text.ts";
import type { EvidenceMedia, EvidenceText, RecordRedaction } from "../../../shared/model/view.ts";
import { notInPart, partOf } from "../bundle-limits.ts";
import type { Session } from "../session.ts";

/** Characters that are shown at once, and how many of them stand before the part that was read. */
const [shownCharacters, shownBefore] = [256 * 1024, 32 * 1024];

/**
 * A raw record as text, for looking at: where a place was read, the text around it, else from `from` on. Hostile: whoever
 * shows it must show text and nothing else.
 *
 * @param from first character of the text that is shown
 * @throws request-invalid when the engagement has no such record
 */
export function readEvidenceText(
  session: Session,
  { sha256, place, from }: { sha256: string; place: string; from?: number | undefined },
): EvidenceText {
  const { record, bytes, ...redacted } = requireRecord(session, sha256);
  const media = mediaOf(bytes);
  if (media !== "text") return { record, media, text: "", from: 0, characters: 0, part: null, ...redacted };
  const text = decodeLossy(bytes);
  const part = findPart(text, place, record.reading?.firstLine ?? 1);
  const start = from ?? Math.max(0, (part?.start ?? 0) - shownBefore);
  const shown = text.slice(start, start + shownCharacters);
  const inside = part && { start: part.start - start, end: Math.min(part.end - start, shown.length) };
  return {
    record,
    media,
    text: shown,
    from: start,
    characters: text.length,
    part: inside && inside.start >= 0 && inside.start < shown.length ? inside : null,
    ...redacted,
  };
}

/** Bytes of a record, for pictures and documents, at most `limit` of them. @throws request-invalid */
export function readEvidenceBytes(
  session: Session,
  { sha256, offset, limit }: { sha256: string; offset: number; limit: number },
): { total: number; bytes: Uint8Array<ArrayBuffer> } {
  const { bytes } = requireRecord(session, sha256);
  return { total: bytes.length, bytes: Uint8Array.from(bytes.subarray(offset, offset + limit)) };
}

interface FoundRecord {
  readonly record: Evidence;
  /** As received; of a record that a bundle has otherwise, of its copy there. */
  readonly bytes: Uint8Array;
  readonly redaction?: RecordRedaction;
}

function requireRecord(session: Session, sha256: string): FoundRecord {
  const { store } = session;
  const record = store.describeEvidence(sha256).at(-1);
  if (!record) throw withoutRecord(session, sha256);
  const other = otherFormOf(session, sha256);
  if (other === undefined) return { record, bytes: store.readEvidence(sha256) };
  const { derived, replaced, withheld } = other;
  return {
    record,
    bytes: derived === null ? new Uint8Array() : store.readEvidence(derived),
    redaction: { replaced: [...replaced], withheld },
  };
}

function withoutRecord(session: Session, sha256: string): TickmarkError {
  const part = partOf(session);
  if (part) return notInPart(`The evidence ${sha256}`, part);
  return session.browsed
    ? new TickmarkError(
        "request-invalid",
        `The evidence ${sha256} is not in this bundle.`,
        "Ask whoever exported the bundle for it.",
      )
    : new TickmarkError(
        "request-invalid",
        `The engagement has no evidence ${sha256}.`,
        "Open it from an item's evidence chain.",
      );
}

/** Records that a bundle has in another form than they were received, by their hashes; kept beside what was taken over of it. */
export const otherFormsName = "evidence-in-other-form";

export interface OtherForm extends RecordRedaction {
  /** Hash of the copy; null where the record was withheld. */
  readonly derived: string | null;
}

function otherFormOf({ store, browsed }: Session, sha256: string): OtherForm | undefined {
  if (browsed === null) return undefined;
  const forms = store.document("", otherFormsName) as Readonly<Record<string, OtherForm>>;
  return Object.hasOwn(forms, sha256) ? forms[sha256] : undefined;
}

/** What the window can show as a picture or pages; the rest is text, or looks like nothing in particular. */
const shownMedia: readonly EvidenceMedia[] = ["image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"];

function mediaOf(bytes: Uint8Array): EvidenceMedia {
  const told = fileFormatOf(bytes)?.mediaType;
  return shownMedia.find((media) => media === told) ?? "text";
}
