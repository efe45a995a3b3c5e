import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";

export type Codec = "raw" | "zstd";

// Measured on commits of about 1 KB: zstd takes 17 µs to write and 15 µs to read each and saves 31 %, which is more time
// than all the rest of storing them. From here on it saves 40 % and more, and time goes with size.
const compressFrom = 1024;
// Measured on a mebibyte of JSON lines: level 1 packs 300 MB a second and to a fifth, level 3 122 MB a second and to
// hardly less. A large record repeats itself within the first step already; a small one does not.
const largeFrom = 64 * 1024;

/** Bytes as the file keeps them: compressed where that pays. */
export function packContent(bytes: Uint8Array): { codec: Codec; packed: Uint8Array } {
  if (bytes.length < compressFrom) return { codec: "raw", packed: bytes };
  const level = bytes.length < largeFrom ? 3 : 1;
  const packed = zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: level } });
  return packed.length < bytes.length ? { codec: "zstd", packed } : { codec: "raw", packed: bytes };
}

/**
 * @param size bytes expected, so that a crafted file cannot unpack to more
 * @returns null when these are not `size` packed bytes
 */
export function unpackContent(codec: Codec, packed: Uint8Array, size: number): Uint8Array | null {
  if (codec === "raw") return packed.length === size ? packed : null;
  try {
    const bytes = zstdDecompressSync(packed, { maxOutputLength: size });
    return bytes.length === size ? bytes : null;
  } catch {
    return null;
  }
}
