import { z } from "zod";
import { ObjectId } from "../../model/digest.ts";
import type { Fact, Unread } from "../../model/facts.ts";
import { decodeUtf8 } from "../../model/text.ts";
import { type FormatReader, repositoryOf } from "../format-reader.ts";
import { originOf, parseShape, unreadWhole } from "../json-evidence.ts";

const ComparedMerge = z.object({
  commit: ObjectId,
  onto: ObjectId,
  head: ObjectId,
  outcome: z.enum(["clean", "conflict", "contents-missing"]),
  tree: z.union([ObjectId, z.literal("")]),
  paths: z.array(z.string()),
});

/** What git made of merges by itself, one a line. */
export const readMechanicalMerges: FormatReader = (input, source) =>
  readEachLine(input, (line, place) => {
    let json: unknown;
    try {
      json = JSON.parse(line);
    } catch {
      return { reason: "not JSON" };
    }
    const parsed = parseShape(ComparedMerge, json);
    if ("reason" in parsed) return parsed;
    const { data } = parsed;
    if (data.outcome === "clean" && data.tree === "") return { reason: "a clean merge without its tree" };
    return {
      kind: "mechanical-merge",
      origin: originOf(input, place),
      repository: repositoryOf(source),
      ...data,
    };
  });

/** Patch ids as git gives them, one a line. */
export const readPatchIds = patchReader({});
/** The same of what taking each commit back changes. */
export const readOppositePatchIds = patchReader({ opposite: true });

function patchReader(direction: { readonly opposite?: true }): FormatReader {
  return (input, source) =>
    readEachLine(input, (line, place) => {
      const found = /^([0-9a-f]{40}|[0-9a-f]{64}) ([0-9a-f]{40}|[0-9a-f]{64})$/.exec(line);
      if (!found?.[1] || !found[2]) return { reason: "not a patch id and a commit" };
      return {
        kind: "patch-id",
        origin: originOf(input, place),
        repository: repositoryOf(source),
        patch: found[1],
        commit: found[2],
        ...direction,
      };
    });
}

function readEachLine(
  input: Parameters<FormatReader>[0],
  read: (line: string, place: string) => Fact | { readonly reason: string },
): ReturnType<FormatReader> {
  const text = decodeUtf8(input.bytes);
  if (text === null) return unreadWhole(input, { reason: "not UTF-8" });
  const facts: Fact[] = [];
  const unread: Unread[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line === "") continue;
    const place = `line ${index + 1}`;
    const result = read(line, place);
    if ("reason" in result && !("kind" in result))
      unread.push({ origin: originOf(input, place), reason: result.reason });
    else facts.push(result as Fact);
  }
  return { facts, unread };
}
