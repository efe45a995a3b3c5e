import { TickmarkError } from "../errors.ts";

// Deeper than any part of a bundle; it also ends a value that contains itself.
const maxDepth = 200;

/**
 * RFC 8785 (JSON Canonicalization Scheme): the one spelling of a value, so that equal values have equal bytes and digests.
 * Keys are sorted by UTF-16 code units, numbers and strings are written as ECMAScript writes them, no white space.
 *
 * @throws TickmarkError `bundle-part-invalid` for what JSON cannot say: undefined, NaN, Infinity, bigint, functions,
 * half a surrogate pair, objects other than plain ones and arrays. Leaving such a value out would change what was signed.
 */
export function encodeCanonical(value: unknown): string {
  return encode(value, "$", 0);
}

function encode(value: unknown, where: string, depth: number): string {
  if (depth > maxDepth) throw unencodable(where, "is nested too deeply or contains itself");
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return encodeString(value, where);
  if (typeof value === "number") return encodeNumber(value, where);
  if (Array.isArray(value)) {
    // Not map(): it passes over the holes of a sparse array.
    return `[${Array.from(value, (item, index) => encode(item, `${where}[${index}]`, depth + 1)).join(",")}]`;
  }
  if (typeof value === "object") return encodeObject(value, where, depth);
  throw unencodable(where, `is of type ${typeof value}`);
}

function encodeObject(value: object, where: string, depth: number): string {
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw unencodable(where, "is not a plain object");
  const members = sortedEntries(value);
  const encoded = members.map(([key, member]) => {
    return `${encodeString(key, where)}:${encode(member, `${where}.${key}`, depth + 1)}`;
  });
  return `{${encoded.join(",")}}`;
}

/** Members in the order of canonical JSON, by UTF-16 code units: the same for who made a value and for who read it from a bundle. */
export function sortedEntries<Member>(value: Readonly<Record<string, Member>>): [key: string, member: Member][];
export function sortedEntries(value: object): [key: string, member: unknown][];
export function sortedEntries(value: object): [key: string, member: unknown][] {
  return Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
}

function encodeString(text: string, where: string): string {
  if (!text.isWellFormed()) throw unencodable(where, "holds half a surrogate pair");
  return JSON.stringify(text);
}

function encodeNumber(value: number, where: string): string {
  if (!Number.isFinite(value)) throw unencodable(where, `is ${value}`);
  return JSON.stringify(value);
}

function unencodable(where: string, reason: string): TickmarkError {
  return new TickmarkError(
    "bundle-part-invalid",
    `A value cannot be written as canonical JSON: ${where} ${reason}.`,
    "Report this; a part of the bundle was built from data that it cannot carry.",
  );
}
