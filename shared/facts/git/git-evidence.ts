import { decodeLossy, decodeUtf8 } from "../../model/text.ts";
import type { EvidenceInput } from "../evidence-input.ts";

const objectId = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

export function isObjectId(text: string): boolean {
  return objectId.test(text);
}

/** The commit that a record belongs to, from its locator `git:<id>`; null when it names none. */
export function commitOf(input: EvidenceInput): string | null {
  const id = input.locator.replace(/^git:/, "");
  return input.locator.startsWith("git:") && isObjectId(id) ? id : null;
}

/** Bytes → text, in the encoding that a commit names or UTF-8. `whole` is false when some of it could not be read. */
export function decodeText(bytes: Uint8Array, encoding = ""): { readonly text: string; readonly whole: boolean } {
  const utf8 = encoding === "" || /^utf-?8$/i.test(encoding) ? decodeUtf8(bytes) : null;
  if (utf8 !== null) return { text: utf8, whole: true };
  const text = decodeLossy(bytes, encoding === "" ? "utf-8" : encoding);
  return { text, whole: !text.includes("\uFFFD") };
}

/** Lines without their line ends; a last one that is not ended counts. Numbered from 1 by their place. */
export function linesOf(text: string): string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
