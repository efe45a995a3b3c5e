import { z } from "zod";
import type { EvidenceFormat } from "../../../shared/model/evidence.ts";
import { readNumberSet } from "../number-set.ts";
import type { JiraFilesCursor } from "./jira-files-cursor.ts";
import { IssueKey, numberOf } from "./jira-shapes.ts";

const Ticket = z.object({ key: IssueKey, fields: z.unknown() });
/** Collectors such as DevLake wrap each ticket in a record of the request that brought it. */
const Wrapped = z.object({ url: z.string(), data: Ticket });

/** The ticket's key; null when it is no ticket. */
export function keyOf(value: unknown): string | null {
  return Ticket.safeParse(value).data?.key ?? Wrapped.safeParse(value).data?.data.key ?? null;
}

/** The keys of a part of a file of lines; null for each line that is no ticket. */
export function keysOfLines(bytes: Uint8Array): (string | null)[] {
  const lines = new TextDecoder("utf-8").decode(bytes).split("\n");
  return lines.filter((line) => line.trim() !== "").map((line) => keyOf(parse(line)));
}

/** What a whole JSON file was taken for. */
export function recogniseExport(
  name: string,
  text: string,
): { readonly format: EvidenceFormat; readonly keys: (string | null)[] } | { readonly reason: string } {
  const json = parse(text);
  if (json === undefined) return { reason: "it is not JSON, or not whole" };
  const page = z.object({ issues: z.array(z.unknown()) }).safeParse(json);
  if (page.success) return { format: "jira.issues", keys: page.data.issues.map(keyOf) };
  const history = z.object({ values: z.array(z.object({ items: z.array(z.unknown()) })) }).safeParse(json);
  if (!history.success) return { reason: "it is neither a page of tickets nor a page of a ticket's history" };
  if (/[A-Z][A-Z0-9_]*-[1-9]\d*[/_.-]changelog/.test(name)) return { format: "jira.changelog", keys: [] };
  return { reason: "it is a history, and its name does not say of which ticket (ABC-12-changelog.json)" };
}

/** Adds tickets to the counts. */
export function countKeys(
  projects: readonly string[],
  cursor: JiraFilesCursor,
  keys: readonly (string | null)[],
): JiraFilesCursor {
  const sets = new Map(projects.map((project) => [project, readNumberSet(cursor.received[project] ?? "")]));
  let { foreign, unread } = cursor;
  for (const key of keys) {
    const set = key === null ? undefined : sets.get(key.slice(0, key.lastIndexOf("-")));
    if (key === null) unread += 1;
    else if (set === undefined) foreign += 1;
    else set.add(numberOf(key));
  }
  const received = Object.fromEntries([...sets].map(([project, set]) => [project, set.spell()]));
  return { ...cursor, received, foreign, unread };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
