import type { ReadFacts } from "../../model/facts.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { originOf, unreadWhole } from "../json-evidence.ts";
import { decodeText } from "./git-evidence.ts";

/** Reads a note. Whose it is and under which ref, its locator says: `git:<commit>#refs/notes/…`. */
export function readNote(input: EvidenceInput, repository: string): ReadFacts {
  const [, commit, ref] = /^git:([0-9a-f]{40}|[0-9a-f]{64})#(refs\/notes\/.+)$/.exec(input.locator) ?? [];
  if (commit === undefined || ref === undefined) return unreadWhole(input, { reason: "its locator names no commit" });
  const { text } = decodeText(input.bytes);
  return { facts: [{ kind: "commit-note", origin: originOf(input, ""), repository, commit, ref, text }], unread: [] };
}
