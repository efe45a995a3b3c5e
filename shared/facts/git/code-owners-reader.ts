import type { ReadFacts, Unread } from "../../model/facts.ts";
import type { CodeOwners } from "../../model/git-facts.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { originOf } from "../json-evidence.ts";
import { decodeText, linesOf } from "./git-evidence.ts";

/** `[Section]`, `^[Optional]`, `[Section][2] @owner`: GitLab's head of lines that share their owners. */
const section = /^\^?\[[^\]]+\](?:\[\d+\])?\s*(.*)$/;

/**
 * Reads a CODEOWNERS (GitHub: "About code owners"; GitLab: "Code Owners syntax"). A path may hold escaped spaces; a
 * GitLab section gives its owners to lines that name none; a line of GitHub without owners takes them away.
 */
export function readCodeOwners(input: EvidenceInput, repository: string): ReadFacts {
  const facts: CodeOwners[] = [];
  const unread: Unread[] = [];
  let common: string[] | null = null;
  for (const [index, written] of linesOf(decodeText(input.bytes).text).entries()) {
    const line = index + 1;
    const text = withoutComment(written).trim();
    if (text === "") continue;
    const origin = originOf(input, `line ${line}`);
    const head = section.exec(text);
    if (head) {
      common = wordsOf(head[1] ?? "");
      continue;
    }
    const [pattern = "", ...named] = wordsOf(text);
    const owners = named.length > 0 || common === null ? named : common;
    const odd = owners.find((owner) => !owner.includes("@"));
    if (odd === undefined) facts.push({ kind: "code-owners", origin, repository, line, pattern, owners });
    else unread.push({ origin, reason: `"${odd}" is neither @login, @team nor an address` });
  }
  return { facts, unread };
}

/** A hash begins a comment, unless a backslash stands before it or it is inside a word. */
function withoutComment(line: string): string {
  return line.replace(/(^|\s)#.*$/, "$1");
}

/** Words, in which an escaped space stands for a space. */
function wordsOf(text: string): string[] {
  const words = text.match(/(?:\\.|[^\s\\])+/g) ?? [];
  return words.map((word) => word.replace(/\\([ #])/g, "$1"));
}
