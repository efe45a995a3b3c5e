import { z } from "zod";
import type { Fact, ReadFacts, Unread } from "../../model/facts.ts";
import { requestIn } from "../code-host/host-pages.ts";
import { type FormatReader, repositoryOf } from "../format-reader.ts";
import { isUnreadable, originOf, parseShape, readJson, unreadWhole } from "../json-evidence.ts";
import { readerAt } from "./by-address.ts";
import { List } from "./github-shapes.ts";

const Exchange = z.object({ method: z.string(), path: z.string(), status: z.number().int(), response: z.unknown() });

/** Members under which GitHub puts a list. */
const members = ["workflow_runs", "jobs", "check_runs"] as const;

/**
 * Recorded exchanges with GitHub, a list of question and answer. Answers to what was asked for reading are read; what
 * a recording changed or was refused holds no facts.
 */
export const readExchanges: FormatReader = (input, source) =>
  readJson((evidence, json): ReadFacts => {
    const list = parseShape(List, json);
    if ("reason" in list) return unreadWhole(evidence, list);
    const facts: Fact[] = [];
    const unread: Unread[] = [];
    for (const [index, element] of list.data.entries()) {
      const origin = originOf(evidence, `/${index}/response`);
      const exchange = parseShape(Exchange, element);
      if ("reason" in exchange) {
        unread.push({ origin, reason: exchange.reason });
        continue;
      }
      const { method, path: address, status, response } = exchange.data;
      if (method.toLowerCase() !== "get" || status !== 200) continue;
      const [path = ""] = address.split("?", 1);
      const reader = readerAt(path);
      if (reader === undefined) {
        unread.push({ origin, reason: `no answer of ${path} is read here` });
        continue;
      }
      const context = {
        repository: repositoryOf(source),
        source,
        input: { ...input, locator: address },
        request: requestIn(path, "pulls|issues"),
      };
      for (const [place, row] of rowsOf(response)) {
        const at = originOf(evidence, `/${index}/response${place}`);
        const read = reader(context)(row, at);
        if (isUnreadable(read)) unread.push({ origin: at, reason: read.reason });
        else facts.push(...read);
      }
    }
    return { facts, unread };
  })(input, source);

function rowsOf(response: unknown): [place: string, row: unknown][] {
  const number = (rows: readonly unknown[], pointer: string) =>
    rows.map((row, index): [string, unknown] => [`${pointer}/${index}`, row]);
  if (Array.isArray(response)) return number(response, "");
  for (const member of members) {
    const rows = (response as Record<string, unknown> | null)?.[member];
    if (Array.isArray(rows)) return number(rows, `/${member}`);
  }
  return [["", response]];
}
