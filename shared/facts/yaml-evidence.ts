import { type CollectionTag, parseAllDocuments } from "yaml";
import type { EvidenceInput } from "./evidence-input.ts";
import type { Unreadable } from "./json-evidence.ts";
import { textOf } from "./line-evidence.ts";

// A list of lists of aliases makes a small file a huge one; what is written by hand or by a tool repeats itself seldom.
const mostAliases = 100;

/**
 * The record's YAML documents as values, in order. Custom tags are refused, and so are aliases that would make the
 * document much larger than it is written.
 *
 * @param plainTags of mappings that are read as mappings all the same: what they stand for where they were written is
 *   never made of them
 */
export function parseYaml(
  input: EvidenceInput,
  { plainTags = [], aliases = mostAliases }: { readonly plainTags?: readonly string[]; readonly aliases?: number } = {},
): { readonly documents: readonly unknown[] } | Unreadable {
  const document = textOf(input);
  if ("reason" in document) return document;
  const parsed = parseAllDocuments(document.text, {
    schema: "core",
    uniqueKeys: true,
    logLevel: "silent",
    merge: false,
    customTags: plainTags.map((tag): CollectionTag => ({ tag, collection: "map", resolve: (node) => node })),
  });
  if (!Array.isArray(parsed)) return { documents: [] };
  const documents: unknown[] = [];
  for (const one of parsed) {
    // An unknown tag is a warning to the parser; here it may stand for anything.
    const problem = one.errors[0] ?? one.warnings[0];
    if (problem) return { reason: `not YAML that is read: ${problem.message.split("\n", 1)[0] ?? ""}` };
    try {
      documents.push(one.toJS({ maxAliasCount: aliases }));
    } catch {
      return { reason: "not YAML that is read: its aliases repeat too much" };
    }
  }
  return { documents };
}
