import { parseAllDocuments } from "yaml";
import type { EvidenceInput } from "./evidence-input.ts";
import type { Unreadable } from "./json-evidence.ts";
import { textOf } from "./line-evidence.ts";

// A list of lists of aliases makes a small file a huge one; what is written by hand or by a tool repeats itself seldom.
const mostAliases = 100;

/**
 * The record's YAML documents as values, in order. Custom tags are refused, and so are aliases that would make the
 * document much larger than it is written.
 */
export function parseYaml(input: EvidenceInput): { readonly documents: readonly unknown[] } | Unreadable {
  const document = textOf(input);
  if ("reason" in document) return document;
  const parsed = parseAllDocuments(document.text, {
    schema: "core",
    uniqueKeys: true,
    logLevel: "silent",
    merge: false,
  });
  if (!Array.isArray(parsed)) return { documents: [] };
  const documents: unknown[] = [];
  for (const one of parsed) {
    // An unknown tag is a warning to the parser; here it may stand for anything.
    const problem = one.errors[0] ?? one.warnings[0];
    if (problem) return { reason: `not YAML that is read: ${problem.message.split("\n", 1)[0] ?? ""}` };
    try {
      documents.push(one.toJS({ maxAliasCount: mostAliases }));
    } catch {
      return { reason: "not YAML that is read: its aliases repeat too much" };
    }
  }
  return { documents };
}
