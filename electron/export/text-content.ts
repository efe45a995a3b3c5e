import { Readable } from "node:stream";
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { gatherPieces } from "../../shared/bundle/text-pieces.ts";

/** Characters that become bytes together. */
const gathered = 1 << 18;

/**
 * The content of a part from pieces of text: whole where it is short, and else made anew each time that it is read.
 *
 * @param pieces gives the same pieces each time
 * @param mostHeld characters
 */
export function contentOfText(pieces: () => Iterable<string>, mostHeld: number): Buffer | (() => Readable) {
  const held: string[] = [];
  let length = 0;
  for (const piece of pieces()) {
    held.push(piece);
    length += piece.length;
    if (length > mostHeld) return () => Readable.from(inBuffers(pieces()), { objectMode: false });
  }
  return Buffer.from(held.join(""));
}

/**
 * Content of a text that takes long to make: it is made once, and lies packed until it is read. Of the assessment results that is a
 * tenth of 32 MB, and putting those together took as much again.
 */
export function bytesOfText(pieces: Iterable<string>): () => { readonly pieces: AsyncIterable<Uint8Array> } {
  const packed = Array.from(gatherPieces(pieces, gathered), (text) => zstdCompressSync(Buffer.from(text), fastest));
  async function* unpacked(): AsyncGenerator<Uint8Array> {
    for (const piece of packed) yield zstdDecompressSync(piece);
  }
  return () => ({ pieces: unpacked() });
}

const fastest = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Text in UTF-8, a few pieces at once. No character may be cut in two by the pieces. */
export async function* inBuffers(pieces: Iterable<string>): AsyncGenerator<Buffer> {
  for (const text of gatherPieces(pieces, gathered)) yield Buffer.from(text);
}
