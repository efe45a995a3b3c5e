import { isUtf8 } from "node:buffer";
import type { Reading } from "../../../shared/model/evidence.ts";

export type TextEncoding = NonNullable<Reading["encoding"]>;

/**
 * The encoding of a text by its first bytes; null when it is no text. A byte order mark decides. Without one, UTF-16 is
 * known by the zero bytes of its Latin letters, and what is not UTF-8 is taken for Latin-1.
 *
 * @param isWhole whether the bytes are the whole text; otherwise they may end inside a character
 */
export function detectEncoding(bytes: Uint8Array, isWhole: boolean): TextEncoding | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  if (bytes.includes(0)) return detectUtf16(bytes);
  if (isUtf8(isWhole ? bytes : bytes.subarray(0, endOfCharacters(bytes)))) return "utf-8";
  return countControls(bytes) > bytes.length / 100 ? null : "latin-1";
}

/** The width of a code unit, in bytes. */
export function widthOf(encoding: TextEncoding): 1 | 2 {
  return encoding === "utf-16le" || encoding === "utf-16be" ? 2 : 1;
}

function detectUtf16(bytes: Uint8Array): TextEncoding | null {
  const zeros = [0, 0];
  for (const [index, byte] of bytes.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const units = bytes.length / 2;
  // Texts of these systems are mostly ASCII: nearly every other byte is zero, on one side only.
  if (odd > units * 0.5 && even < units * 0.02) return "utf-16le";
  if (even > units * 0.5 && odd < units * 0.02) return "utf-16be";
  return null;
}

/** Up to where no character is cut: a UTF-8 character has at most four bytes. */
function endOfCharacters(bytes: Uint8Array): number {
  for (let end = bytes.length; end > Math.max(0, bytes.length - 4); end -= 1) {
    const byte = bytes[end - 1] ?? 0;
    if (byte < 0x80) return end;
    if (byte >= 0xc0) return end - 1;
  }
  return bytes.length;
}

function countControls(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes)
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x1b) count += 1;
  return count;
}
