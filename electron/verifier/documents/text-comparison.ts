import { gatherPieces } from "../../../shared/bundle/text-pieces.ts";
import type { DocumentDifference } from "./document-difference.ts";

/** Bytes that are compared at once. */
const gathered = 1 << 16;
/** Bytes that are shown before and behind the first one that differs. */
const before = 40;
const behind = 80;
const lineEnd = 0x0a;
/** Bytes from a piece with the difference in it that are enough to show it. */
const shown = gathered + 4 * behind;

/**
 * Holds a document in text against the one that the data gives, byte for byte and without having either whole.
 *
 * @param stated the bundle's bytes
 * @param derived pieces of text
 * @returns null when they are the same
 */
export async function compareText(
  stated: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  derived: Iterable<string>,
): Promise<DocumentDifference | null> {
  const ours = inBuffers(derived);
  const place = new TextPlace();
  let our: Buffer = Buffer.alloc(0);
  const theirs = (async function* () {
    yield* stated;
  })();
  for await (const piece of theirs) {
    let their = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    while (their.length > 0) {
      if (our.length === 0) our = ours.next().value ?? our;
      const length = Math.min(their.length, our.length);
      const same = length > 0 && their.subarray(0, length).equals(our.subarray(0, length));
      if (!same) return place.difference(await withMore(their, theirs), await withMore(our, ours));
      place.pass(their.subarray(0, length));
      their = their.subarray(length);
      our = our.subarray(length);
    }
  }
  if (our.length === 0) our = ours.next().value ?? our;
  return our.length === 0 ? null : place.difference(Buffer.alloc(0), our);
}

/** What was the same so far: how many lines, and the end of it. */
class TextPlace {
  #line = 1;
  #last: Buffer = Buffer.alloc(0);

  pass(bytes: Buffer): void {
    for (let at = bytes.indexOf(lineEnd); at !== -1; at = bytes.indexOf(lineEnd, at + 1)) this.#line += 1;
    this.#last = Buffer.concat([this.#last, bytes.subarray(-4 * before)]).subarray(-4 * before);
  }

  difference(their: Buffer, our: Buffer): DocumentDifference {
    let same = 0;
    while (same < their.length && same < our.length && their[same] === our[same]) same += 1;
    this.pass(their.subarray(0, same));
    const lead = lastCharacters(this.#last);
    const show = (bytes: Buffer) => {
      const [first = ""] = bytes
        .subarray(same, same + 4 * behind)
        .toString("utf8")
        .split("\n");
      const text = lead + [...first].slice(0, behind).join("");
      return bytes.length === same ? `${text}[the end]` : text;
    };
    return { place: `line ${this.#line}`, expected: show(their), found: show(our) };
  }
}

/** Of the line that goes on, without a character that is cut. */
function lastCharacters(bytes: Buffer): string {
  const line = bytes
    .subarray(bytes.lastIndexOf(lineEnd) + 1)
    .toString("utf8")
    .replaceAll("\uFFFD", "");
  return [...line].slice(-before).join("");
}

async function withMore(bytes: Buffer, rest: AsyncIterator<Uint8Array> | Iterator<Uint8Array>): Promise<Buffer> {
  let all = bytes;
  while (all.length < shown) {
    const next = await rest.next();
    if (next.done === true) break;
    all = Buffer.concat([all, next.value]);
  }
  return all;
}

function* inBuffers(pieces: Iterable<string>): Generator<Buffer, undefined> {
  for (const text of gatherPieces(pieces, gathered)) yield Buffer.from(text);
  return undefined;
}
