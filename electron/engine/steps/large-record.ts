import { holdsSecret, secretOverlap } from "../../../shared/bundle/redaction/secret-patterns.ts";
import type { Reading } from "../../../shared/model/evidence.ts";

/** Records of more bytes are taken through an export in pieces: 104 of 16 to 64 MiB, held one by one, took it to 532 MiB. */
export const largeFrom = 8 * 1024 * 1024;

/** Makes text of bytes that come in pieces. @throws TypeError where they are not in the encoding */
type Decode = (piece?: Uint8Array) => string;

/**
 * Whether a record holds a secret, and perhaps where it only looks so at the border of two pieces: never no where looking
 * through it as a whole would find one of at most `secretOverlap` characters.
 *
 * @param pieces of the record, anew each time
 */
export async function mayHoldSecretInPieces(
  pieces: () => AsyncIterable<Uint8Array>,
  reading: Pick<Reading, "encoding"> | undefined,
): Promise<boolean> {
  const { encoding } = reading ?? {};
  if (encoding === "utf-16le" || encoding === "utf-16be") return lookThrough(pieces(), decodeBy(encoding, false));
  if (encoding === "latin-1") return lookThrough(pieces(), decodeBytes);
  try {
    return await lookThrough(pieces(), decodeBy("utf-8", true));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // As what says of itself no encoding and is no UTF-8 is taken byte by byte.
    return lookThrough(pieces(), decodeBytes);
  }
}

async function lookThrough(pieces: AsyncIterable<Uint8Array>, decode: Decode): Promise<boolean> {
  let before = "";
  let found = false;
  for await (const piece of pieces) {
    // To the end in any case: only then is the record known to be what was received, and its encoding the one that it seems to be.
    const text = before + decode(piece);
    found ||= holdsSecret(text);
    before = text.slice(-secretOverlap);
  }
  return holdsSecret(before + decode()) || found;
}

function decodeBy(encoding: "utf-8" | "utf-16le" | "utf-16be", fatal: boolean): Decode {
  const decoder = new TextDecoder(encoding, { fatal, ignoreBOM: true });
  return (piece) => (piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true }));
}

const decodeBytes: Decode = (piece) =>
  piece === undefined ? "" : Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).toString("latin1");
