import type { Fact, ReadFacts, Unread } from "../../model/facts.ts";
import type { ticketFormats } from "../../model/formats/ticket-formats.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { type FormatReaders, readNothing } from "../format-reader.ts";
import { originOf, parseElements, parseJson, parseShape, unreadWhole } from "../json-evidence.ts";
import { readJsonLines } from "../line-evidence.ts";
import { readHistory } from "./history-reader.ts";
import { readIssue } from "./issue-reader.ts";
import { ChangelogPage } from "./jira-shapes.ts";

/** Readers of the answers of Jira's REST API, and of exported tickets. */
export const jiraReaders: FormatReaders<(typeof ticketFormats)[number]> = {
  "jira.issues": readIssuePage,
  "jira.changelog": readChangelogPage,
  "jira.issue-lines": readIssueLines,
  "jira.other": readNothing,
};

function readIssuePage(input: EvidenceInput): ReadFacts {
  const page = parseElements(input, "/issues");
  if ("reason" in page) return unreadWhole(input, page);
  return gather(page.elements.map((issue, index) => readIssue(input, issue, `/issues/${page.first + index}`)));
}

/** The ticket's key is in the address alone: `…/issue/ABC-12/changelog`, or a file name such as `ABC-12-changelog.json`. */
function readChangelogPage(input: EvidenceInput): ReadFacts {
  const key = /(?:^|[^A-Z0-9_])([A-Z][A-Z0-9_]*-[1-9]\d*)[/_.-]changelog/.exec(input.locator)?.[1];
  if (key === undefined)
    return unreadWhole(input, { reason: "the name of the record does not say which ticket this is" });
  const document = parseJson(input.bytes, input.reading);
  if ("reason" in document) return unreadWhole(input, document);
  const page = parseShape(ChangelogPage, document.json);
  if ("reason" in page) return unreadWhole(input, page);
  const { events, unread } = readHistory(input, page.data.values, (index) => `/values/${index}`);
  return { facts: [{ kind: "ticket-history", origin: originOf(input, ""), key, events }], unread };
}

/** One ticket a line. Places are numbered by the lines of the whole file, of which this record is a part. */
function readIssueLines(input: EvidenceInput): ReadFacts {
  return readJsonLines(input, (line, { place }) => readIssue(input, unwrap(line), place, () => place));
}

/** Collectors such as DevLake wrap each ticket in a record of the request that brought it. */
function unwrap(line: unknown): unknown {
  if (typeof line !== "object" || line === null || "key" in line || !("data" in line) || !("url" in line)) return line;
  return line.data;
}

function gather(parts: readonly ReadFacts[]): ReadFacts {
  const facts: Fact[] = [];
  const unread: Unread[] = [];
  for (const part of parts) {
    facts.push(...part.facts);
    unread.push(...part.unread);
  }
  return { facts, unread };
}
