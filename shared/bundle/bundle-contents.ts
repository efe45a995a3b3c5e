import type { ReadManifest } from "./manifest-reading.ts";

/** A bundle whose manifest is read and whose parts can be had: what re-performance works on. */
export interface BundleContents {
  readonly manifest: ReadManifest;
  /**
   * The bytes of a part, whole.
   *
   * @throws TickmarkError `bundle-part-invalid` when the part is not listed, or its bytes are not those that the manifest
   * names; `bundle-too-large` when it is too large to be held whole
   */
  read(path: string): Promise<Uint8Array>;
  /** The same bytes in pieces, for parts that are too large to hold. The fault comes, at the latest, after the last piece. */
  stream(path: string): AsyncIterable<Uint8Array>;
}
