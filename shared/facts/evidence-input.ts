import type { Evidence } from "../model/evidence.ts";

/** A raw record with its bytes, as the store or a bundle gives it to a reader. */
export interface EvidenceInput extends Pick<Evidence, "sha256" | "format" | "locator" | "sourceId" | "reading"> {
  readonly bytes: Uint8Array;
  /** Of the record, where `bytes` may be its beginning alone. */
  readonly size?: Evidence["size"];
  /** What the bytes are as UTF-8 and JSON, from whoever has parsed them already; readers then do not parse them again. */
  readonly document?: unknown;
  /** The text that `document` was parsed from. */
  readonly text?: string;
  /** When settings that carry no time of their own stood as they say. */
  readonly receivedAt?: Evidence["receivedAt"];
}
