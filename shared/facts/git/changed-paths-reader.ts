import type { ReadFacts } from "../../model/facts.ts";
import type { ChangedPath, ChangedPaths } from "../../model/git-facts.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { originOf, unreadWhole } from "../json-evidence.ts";
import { commitOf, decodeText } from "./git-evidence.ts";

const header = /^:\d{6} \d{6} [0-9a-f]+ [0-9a-f]+ ([A-Z])$/;

/** Reads `:<mode> <mode> <id> <id> <status>\0<path>\0` for each path; no bytes mean that nothing was changed. */
export function readChangedPaths(input: EvidenceInput, repository: string): ReadFacts {
  const commit = commitOf(input);
  if (commit === null) return unreadWhole(input, { reason: "its locator names no commit" });
  const paths: ChangedPath[] = [];
  for (let at = 0; at < input.bytes.length; ) {
    const headerEnd = input.bytes.indexOf(0, at);
    const pathEnd = headerEnd < 0 ? -1 : input.bytes.indexOf(0, headerEnd + 1);
    const status = pathEnd < 0 ? undefined : header.exec(decodeText(input.bytes.subarray(at, headerEnd)).text)?.[1];
    // A list that cannot be read to its end is no list: the missing path could be the one that matters.
    if (status === undefined) return unreadWhole(input, { reason: `it cannot be read from byte ${at} on` });
    paths.push({ path: decodeText(input.bytes.subarray(headerEnd + 1, pathEnd)).text, status });
    at = pathEnd + 1;
  }
  const fact: ChangedPaths = { origin: originOf(input, ""), kind: "changed-paths", repository, commit, paths };
  return { facts: [fact], unread: [] };
}
