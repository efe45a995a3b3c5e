import type { EarlierAnswer } from "../source-driver.ts";
import type { JsonAnswer } from "./attempt.ts";
import { parseBody } from "./json-body.ts";

/**
 * Headers of an answer that are kept with the question: what the server must be shown to say "unchanged" (RFC 9110,
 * 13.1), and what tells whether a list goes on, since an answer "unchanged" need not repeat it.
 */
const kept = ["etag", "last-modified", "link", "x-total", "x-next-page", "x-ms-continuationtoken"] as const;
const longest = 2000;

export function keptHeaders(headers: Headers): Record<string, string> {
  const entries = kept.flatMap((name): [string, string][] => {
    const value = headers.get(name);
    return value === null || value === "" || value.length > longest ? [] : [[name, value]];
  });
  return Object.fromEntries(entries);
}

/** The condition under which the server may answer with nothing but "unchanged"; empty without an earlier answer. */
export function conditionOf(earlier: EarlierAnswer | null): Record<string, string> {
  const { etag, "last-modified": modified } = earlier?.headers ?? {};
  if (etag !== undefined) return { "if-none-match": etag };
  return modified === undefined ? {} : { "if-modified-since": modified };
}

/** The earlier answer in place of one that says "unchanged"; null when its bytes are no longer what they were. */
export function answerAgain(
  url: URL,
  earlier: EarlierAnswer,
  unchanged: Headers,
  prefix: string | undefined,
): Omit<JsonAnswer, "url" | "attempts"> | null {
  const headers = new Headers(earlier.headers);
  for (const [name, value] of unchanged) if (name !== "content-length") headers.set(name, value);
  const bytes = earlier.read();
  const parsed = parseBody(url, new Headers(), bytes, prefix);
  return "fault" in parsed ? null : { status: 304, headers, bytes, ...parsed, redirectedTo: null };
}
