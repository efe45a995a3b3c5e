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

/** As deep as lists lie that have a member for each result. */
const depthOfPieces = 5;

/**
 * The same text in pieces: of a document with tens of thousands of members the whole is too much to hold, and more so what it is put
 * together from.
 *
 * @throws as `encodeCanonical`, amid the pieces
 */
export function* canonicalPieces(value: unknown, where = "$", depth = 0): Generator<string> {
  if (typeof value !== "object" || value === null || depth === depthOfPieces) {
    yield encode(value, where, depth);
    return;
  }
  const isList = Array.isArray(value);
  let before = isList ? "[" : "{";
  for (const [key, member] of isList ? value.entries() : membersOf(value, where)) {
    yield isList ? before : `${before}${encodeString(String(key), where)}:`;
    yield* canonicalPieces(member, isList ? `${where}[${key}]` : `${where}.${key}`, depth + 1);
    before = ",";
  }
  yield `${before === "," ? "" : before}${isList ? "]" : "}"}`;
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
  const encoded = membersOf(value, where).map(([key, member]) => {
    return `${encodeString(key, where)}:${encode(member, `${where}.${key}`, depth + 1)}`;
  });
  return `{${encoded.join(",")}}`;
}

function membersOf(value: object, where: string): [key: string, member: unknown][] {
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw unencodable(where, "is not a plain object");
  return sortedEntries(value);
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
