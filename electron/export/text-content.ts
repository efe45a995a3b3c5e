import { Readable } from "node:stream";
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

/** Content that is held, of a text that never is: putting it together takes several times as much as its bytes. */
export function bytesOfText(pieces: Iterable<string>): Buffer {
  return Buffer.concat(Array.from(gatherPieces(pieces, gathered), (text) => Buffer.from(text)));
}

/** Text in UTF-8, a few pieces at once. No character may be cut in two by the pieces. */
export async function* inBuffers(pieces: Iterable<string>): AsyncGenerator<Buffer> {
  for (const text of gatherPieces(pieces, gathered)) yield Buffer.from(text);
}
