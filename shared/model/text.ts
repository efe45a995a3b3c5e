import type { Reading } from "./evidence.ts";

// The Encoding Standard's decoder is in every JavaScript runtime, though it belongs to neither the language nor Node.
declare const TextDecoder: new (
  label?: string,
  options?: { fatal?: boolean; ignoreBOM?: boolean },
) => { decode(bytes: Uint8Array): string };

/** UTF-8 → text; null when the bytes are not UTF-8. A byte order mark is dropped. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  return decodeText(bytes);
}

/**
 * Bytes of a record → text, by the encoding that its file was found to have; null when the bytes are not of it. A byte
 * order mark is dropped. Latin-1 is read as Windows-1252, as the Encoding Standard says and as files are written.
 */
export function decodeText(bytes: Uint8Array, reading?: Pick<Reading, "encoding">): string | null {
  try {
    return new TextDecoder(labelOf(reading?.encoding ?? "utf-8"), { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Why `decodeText` gave null, in a sentence's tail. */
export function notDecoded(reading?: Pick<Reading, "encoding">): string {
  return `not ${(reading?.encoding ?? "utf-8").toUpperCase()}`;
}

/** Bytes → text in the named encoding; what cannot be read becomes U+FFFD. An unknown encoding is read as UTF-8. */
export function decodeLossy(bytes: Uint8Array, encoding = "utf-8"): string {
  try {
    return new TextDecoder(labelOf(encoding)).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/** The decoder's own name of an encoding. */
function labelOf(encoding: string): string {
  return encoding === "latin-1" ? "windows-1252" : encoding;
}
