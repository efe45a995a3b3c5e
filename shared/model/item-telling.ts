import type { Item } from "./item.ts";
import { upperFirst } from "./letter-case.ts";

/** What one field of an item says, a line for each entry of it. */
export interface ToldField {
  /** The field's name in words: `Failed runs`. */
  readonly name: string;
  readonly lines: readonly string[];
}

/** Told elsewhere: what was pulled for the item, and the records that it rests on. */
const apart: ReadonlySet<string> = new Set(["id", "coverage", "evidence"]);

/** Everything that an item says, for whoever has no form of its own for its kind. Fields without anything are left out. */
export function tellItem(item: Item): ToldField[] {
  return Object.entries(item)
    .filter(([field]) => !apart.has(field))
    .map(([field, value]) => ({ name: upperFirst(wordsOf(field)), lines: linesOf(value) }))
    .filter(({ lines }) => lines.length > 0);
}

/** `largestReviewer` → `largest reviewer`. */
function wordsOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function linesOf(value: unknown): string[] {
  const lines = Array.isArray(value) ? value.map(sayValue) : [sayValue(value)];
  return lines.filter((line) => line !== "");
}

function sayValue(value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value !== "object" || value === null) return String(value ?? "");
  if (isPerson(value)) return value.name || value.account;
  return Object.entries(value)
    .filter(([field]) => !apart.has(field) || field === "id")
    .map(([field, inner]) => [wordsOf(field), linesOf(inner).join(", ")] as const)
    .filter(([, said]) => said !== "")
    .map(([name, said]) => `${name} ${said}`)
    .join("; ");
}

function isPerson(value: object): value is { readonly name: string; readonly account: string } {
  return "account" in value && "name" in value && "known" in value;
}
