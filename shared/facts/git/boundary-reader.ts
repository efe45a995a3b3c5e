import type { ReadFacts, Unread } from "../../model/facts.ts";
import type { Boundary } from "../../model/git-facts.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { originOf } from "../json-evidence.ts";
import { decodeText, isObjectId, linesOf } from "./git-evidence.ts";

/** Reads ids of commits, a line each. */
export function readBoundary(input: EvidenceInput, repository: string, reason: Boundary["reason"]): ReadFacts {
  const facts: Boundary[] = [];
  const unread: Unread[] = [];
  for (const [index, commit] of linesOf(decodeText(input.bytes).text).entries()) {
    const origin = originOf(input, `line ${index + 1}`);
    if (isObjectId(commit)) facts.push({ origin, kind: "boundary", repository, commit, reason });
    else unread.push({ origin, reason: "it is not the id of a commit" });
  }
  return { facts, unread };
}
