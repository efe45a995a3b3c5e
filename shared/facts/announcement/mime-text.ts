import { decodeLossy } from "../../model/text.ts";

/**
 * The transfer encodings of MIME (RFC 2045) and encoded words (RFC 2047). Texts are strings of bytes: each character is
 * one byte of the message as it lies in the mailbox.
 */

export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Body of a part as text. A character set that is not known is read as UTF-8; what cannot be read becomes U+FFFD. */
export function decodeBody(body: string, encoding: string, charset: string): string {
  return decodeLossy(transferDecode(body, encoding), charset || "utf-8");
}

function transferDecode(body: string, encoding: string): Uint8Array {
  const name = encoding.trim().toLowerCase();
  if (name === "base64") return base64Bytes(body);
  return bytesOf(name === "quoted-printable" ? quotedPrintable(body) : body);
}

/** RFC 2045, section 6.7: `=C3=A4` is a byte each, and `=` at a line's end joins it with the next. */
function quotedPrintable(text: string): string {
  return text
    .replace(/[ \t]+(?=\r?\n)/g, "")
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const values = new Map([...alphabet].map((character, value) => [character, value]));

/** RFC 2045, section 6.8: what is not of the alphabet is passed over. */
export function base64Bytes(text: string): Uint8Array {
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const character of text) {
    const value = values.get(character);
    if (value === undefined) continue;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 0xff);
  }
  return Uint8Array.from(bytes);
}

const encodedWord = /=\?([^?\s*]+)(?:\*[^?\s]*)?\?([BbQq])\?([^?\s]*)\?=/g;

/** A header's value with its encoded words read; white space between two of them belongs to neither (RFC 2047, 6.2). */
export function decodeHeader(value: string): string {
  const joined = value.replace(/(\?=)\s+(?==\?)/g, "$1");
  // What is no encoded word may still be raw UTF-8 (RFC 6532) or Latin-1.
  return decodeRaw(joined).replace(encodedWord, (_, charset: string, kind: string, text: string) =>
    /b/i.test(kind)
      ? decodeLossy(base64Bytes(text), charset)
      : decodeLossy(bytesOf(quotedPrintable(text.replace(/_/g, " "))), charset),
  );
}

function decodeRaw(value: string): string {
  return [...value].some((character) => character.charCodeAt(0) > 0x7f) ? decodeLossy(bytesOf(value)) : value;
}
