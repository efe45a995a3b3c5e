import type { Evidence } from "../model/evidence.ts";

/** A raw record with its bytes, as the store or a bundle gives it to a reader. */
export interface EvidenceInput extends Pick<Evidence, "sha256" | "format" | "locator" | "sourceId" | "reading"> {
  readonly bytes: Uint8Array;
}
