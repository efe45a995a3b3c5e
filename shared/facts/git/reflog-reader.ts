import type { ReadFacts, Unread } from "../../model/facts.ts";
import { type BranchRewrite, ReflogEntry } from "../../model/git-facts.ts";
import { instantOf } from "../../model/instant.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { originOf, parseShape } from "../json-evidence.ts";
import { decodeText, isObjectId, linesOf } from "./git-evidence.ts";

/** As git writes it into the file: gitformat of logs, `<before> <after> <name> <<address>> <seconds> <zone>\t<why>`. */
const entryLine = /^([0-9a-f]+) ([0-9a-f]+) (.*?) ?<([^<>]*)> (\d{1,11}) [+-]\d{4}(?:\t(.*))?$/;

/** Reads what git noted of the moves of a branch, which the locator names: `git:reflog:<ref>`. Other moves than rewrites tell nothing. */
export function readReflog(input: EvidenceInput, repository: string): ReadFacts {
  const branch = /^git:reflog:refs\/(?:heads|remotes\/origin)\/(.+)$/.exec(input.locator)?.[1] ?? "";
  const facts: BranchRewrite[] = [];
  const unread: Unread[] = [];
  for (const [index, text] of linesOf(decodeText(input.bytes).text).entries()) {
    const origin = originOf(input, `line ${index + 1}`);
    const read = branch === "" ? { reason: "its locator names no branch" } : readEntry(text);
    if ("reason" in read) unread.push({ origin, reason: read.reason });
    else if (read.entry.moved === "rewritten") {
      const { bases, kept, lost, lostCount } = read.entry;
      const { before, after, at, by } = read;
      const told = { before, after, at, by, bases, kept, lost, lostCount };
      facts.push({ kind: "branch-rewrite", origin, repository, branch, ...told });
    }
  }
  return { facts, unread };
}

type ReadEntry = Pick<BranchRewrite, "before" | "after" | "at" | "by"> & { readonly entry: ReflogEntry };

function readEntry(text: string): ReadEntry | { readonly reason: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { reason: "not JSON" };
  }
  const parsed = parseShape(ReflogEntry, json);
  if ("reason" in parsed) return parsed;
  const [, before = "", after = "", name = "", email = "", seconds = ""] = entryLine.exec(parsed.data.line) ?? [];
  if (!isObjectId(before) || !isObjectId(after)) return { reason: "not a line of a reflog" };
  const by = [name, email === "" ? "" : `<${email}>`].filter(Boolean).join(" ");
  return { before, after, by, at: instantOf(Number(seconds) * 1000), entry: parsed.data };
}
