import { z } from "zod";
import type { Fact, Unread } from "../../model/facts.ts";
import { decodeUtf8 } from "../../model/text.ts";
import { type FormatReader, repositoryOf } from "../format-reader.ts";
import { isUnreadable, originOf, unreadWhole } from "../json-evidence.ts";
import { type HostElementReader, requestIn } from "./host-pages.ts";

const Line = z.object({ url: z.string(), data: z.unknown() });

/**
 * Lines as collectors keep them: `url` is the address that was asked, `data` one element of the answer. A line stands
 * for no page, so such a file never vouches that a list is whole.
 * @param words before a request's number in an address
 * @param readerOf the reader for an address without its query; undefined for one that holds no facts
 */
export function readCollectedLines(
  words: string,
  readerOf: (path: string) => HostElementReader | undefined,
): FormatReader {
  return (input, source) => {
    const text = decodeUtf8(input.bytes);
    if (text === null) return unreadWhole(input, { reason: "not UTF-8" });
    const facts: Fact[] = [];
    const unread: Unread[] = [];
    for (const [index, line] of text.split("\n").entries()) {
      if (line.trim() === "") continue;
      const origin = originOf(input, `line ${(input.reading?.firstLine ?? 1) + index}`);
      const read = readLine(line);
      if ("reason" in read) {
        unread.push({ origin, reason: read.reason });
        continue;
      }
      const [path = ""] = read.url.split("?", 1);
      const reader = readerOf(path);
      const context = { repository: repositoryOf(source), source, input, request: requestIn(path, words) };
      const result = reader?.(context)(read.data, origin) ?? { reason: `no answer of ${path} is read here` };
      if (isUnreadable(result)) unread.push({ origin, reason: result.reason });
      else facts.push(...result);
    }
    return { facts, unread };
  };
}

function readLine(line: string): z.infer<typeof Line> | { readonly reason: string } {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return { reason: "not JSON" };
  }
  const parsed = Line.safeParse(json);
  return parsed.success ? parsed.data : { reason: "no line of an address and its data" };
}
