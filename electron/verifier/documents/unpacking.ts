import { inflateRawSync, inflateSync } from "node:zlib";

/** `zlib` has a header and a check sum around what is packed, as in a PDF; `raw` has nothing, as in a ZIP. */
export type Packing = "zlib" | "raw";

/**
 * Unpacks bytes that are packed to their last one: nothing may stand behind what is unpacked.
 *
 * @param most of a text that grows beyond it, nothing is unpacked
 * @returns null when they are packed otherwise, or are more
 */
export function unpackWhole(packed: Uint8Array, packing: Packing, most: number): Buffer | null {
  // The types do not know what `info` gives back.
  const unpack = (packing === "zlib" ? inflateSync : inflateRawSync) as unknown as (
    bytes: Uint8Array,
    options: { maxOutputLength: number; info: true },
  ) => { buffer: Buffer; engine: { bytesWritten: number } };
  try {
    const { buffer, engine } = unpack(packed, { maxOutputLength: most, info: true });
    return engine.bytesWritten === packed.length ? buffer : null;
  } catch {
    return null;
  }
}
