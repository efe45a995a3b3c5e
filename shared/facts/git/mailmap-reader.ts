import type { ReadFacts, Unread } from "../../model/facts.ts";
import type { MailmapEntry } from "../../model/git-facts.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { originOf } from "../json-evidence.ts";
import { decodeText, linesOf } from "./git-evidence.ts";

const entry = /^\s*([^<]*)<([^<>]*)>(?:([^<]*)<([^<>]*)>)?/;

/**
 * Reads a .mailmap (gitmailmap(5)): `Name <address>` gives a name to an address;
 * `[Name] <address> [Committed name] <committed address>` gives a name, an address or both to another one.
 */
export function readMailmap(input: EvidenceInput, repository: string): ReadFacts {
  const facts: MailmapEntry[] = [];
  const unread: Unread[] = [];
  for (const [index, line] of linesOf(decodeText(input.bytes).text).entries()) {
    if (line.startsWith("#") || line.trim() === "") continue;
    const origin = originOf(input, `line ${index + 1}`);
    const [, name = "", email = "", commitName = "", commitEmail] = entry.exec(line) ?? [];
    if (email.trim() === "") {
      unread.push({ origin, reason: "it is not a line of a .mailmap" });
      continue;
    }
    const common = { origin, kind: "mailmap-entry", repository, name: name.trim(), email: email.trim() } as const;
    // Without a second address, the first is the committed one, and only the name is given.
    facts.push({ ...common, commitName: commitName.trim(), commitEmail: (commitEmail ?? email).trim() });
  }
  return { facts, unread };
}
