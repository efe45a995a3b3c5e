import type { Fact, ReadFacts, Unread } from "../../model/facts.ts";
import type { ticketFormats } from "../../model/formats/ticket-formats.ts";
import type { Source } from "../../model/source.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { type FormatReaders, readNothing } from "../format-reader.ts";
import { originOf, parseElements, parseJson, parseShape, readElements, unreadWhole } from "../json-evidence.ts";
import { readJsonLines } from "../line-evidence.ts";
import { readApproval } from "./approval-reader.ts";
import { readComments } from "./comment-reader.ts";
import { readJiraCsv } from "./csv-reader.ts";
import { readHistory } from "./history-reader.ts";
import { readIssue } from "./issue-reader.ts";
import { ChangelogPage, CommentsPage, DevelopmentPage } from "./jira-shapes.ts";
import { readDevelopmentLink, readRemoteLink } from "./link-reader.ts";
import { mayHoldRequestLink } from "./request-links.ts";
import { readJiraXml } from "./xml-reader.ts";

/** Readers of the answers of Jira's REST API, and of exported tickets. */
export const jiraReaders: FormatReaders<Extract<(typeof ticketFormats)[number], `jira.${string}`>> = {
  "jira.issues": readIssuePage,
  "jira.changelog": readChangelogPage,
  "jira.issue-lines": readIssueLines,
  "jira.comments": (input) => readPageOf(input, "comment", readCommentsPage),
  "jira.approvals": (input) => readPageOf(input, "approval", readApprovalsPage),
  "jira.remote-links": (input) => readPageOf(input, "remotelink", readRemoteLinks),
  "jira.development": readDevelopment,
  "jira.csv": readJiraCsv,
  "jira.xml": readJiraXml,
  "jira.other": readNothing,
};

function readIssuePage(input: EvidenceInput, source: Source): ReadFacts {
  const isFollowed = source.kind === "jira";
  const page = parseElements(input, "/issues");
  if ("reason" in page) return unreadWhole(input, page);
  const reading = { holdsLink: mayHoldRequestLink(input), ...changeTypeOf(source) };
  return gather(
    page.elements.map((issue, index) => readIssue(input, issue, `/issues/${page.first + index}`, isFollowed, reading)),
  );
}

/** The ticket's key is in the address alone: `…/issue/ABC-12/changelog`, or a file name such as `ABC-12-changelog.json`. */
function readChangelogPage(input: EvidenceInput): ReadFacts {
  const key = /(?:^|[^A-Z0-9_])([A-Z][A-Z0-9_]*-[1-9]\d*)[/_.-]changelog/.exec(input.locator)?.[1];
  if (key === undefined)
    return unreadWhole(input, { reason: "the name of the record does not say which ticket this is" });
  const document = parseJson(input);
  if ("reason" in document) return unreadWhole(input, document);
  const page = parseShape(ChangelogPage, document.json);
  if ("reason" in page) return unreadWhole(input, page);
  const { events, unread } = readHistory(input, page.data.values, (index) => `/values/${index}`);
  return { facts: [{ kind: "ticket-history", origin: originOf(input, ""), key, events }], unread };
}

/**
 * A page about one ticket, whose key is in the address alone: `…/ABC-12/comment`, or a file such as
 * `ABC-12-comment.json`.
 */
function readPageOf(
  input: EvidenceInput,
  what: string,
  read: (input: EvidenceInput, key: string, json: unknown) => ReadFacts,
): ReadFacts {
  const key = new RegExp(`(?:^|[^A-Z0-9_])([A-Z][A-Z0-9_]*-[1-9]\\d*)[/_.-]${what}`).exec(input.locator)?.[1];
  if (key === undefined)
    return unreadWhole(input, { reason: "the name of the record does not say which ticket this is" });
  const document = parseJson(input);
  return "reason" in document ? unreadWhole(input, document) : read(input, key, document.json);
}

function readCommentsPage(input: EvidenceInput, key: string, json: unknown): ReadFacts {
  const page = parseShape(CommentsPage, json);
  return "reason" in page
    ? unreadWhole(input, page)
    : readComments(input, key, page.data.comments, (index) => `/comments/${index}`);
}

function readApprovalsPage(input: EvidenceInput, key: string, json: unknown): ReadFacts {
  const page = parseShape(ChangelogPage, json);
  if ("reason" in page) return unreadWhole(input, page);
  return readElements(input, page.data.values, "/values", (element, origin) => {
    return readApproval(key, element, origin) ?? { reason: "it is no approval with its approvers" };
  });
}

function readRemoteLinks(input: EvidenceInput, key: string, json: unknown): ReadFacts {
  if (!Array.isArray(json)) return unreadWhole(input, { reason: "it is no list of links" });
  return readElements(input, json, "", (element, origin) => {
    const link = readRemoteLink(key, element, origin);
    return link === null ? { reason: "it is no link with an address" } : [link];
  });
}

/** Pull requests of one ticket. Its key stands behind the address, where collecting put it. */
function readDevelopment(input: EvidenceInput): ReadFacts {
  const key = /#([A-Z][A-Z0-9_]*-[1-9]\d*)$/.exec(input.locator)?.[1];
  if (key === undefined)
    return unreadWhole(input, { reason: "the name of the record does not say which ticket this is" });
  const document = parseJson(input);
  if ("reason" in document) return unreadWhole(input, document);
  const page = parseShape(DevelopmentPage, document.json);
  if ("reason" in page) return unreadWhole(input, page);
  const parts = page.data.detail.map(({ pullRequests }, index) =>
    readElements(input, pullRequests ?? [], `/detail/${index}/pullRequests`, (element, origin) => {
      const link = readDevelopmentLink(key, element, origin);
      return link === null ? { reason: "it is no pull request with an address" } : [link];
    }),
  );
  return gather(parts);
}

/** One ticket a line. Places are numbered by the lines of the whole file, of which this record is a part. */
function readIssueLines(input: EvidenceInput, source: Source): ReadFacts {
  const reading = { holdsLink: mayHoldRequestLink(input), ...changeTypeOf(source) };
  return readJsonLines(input, (line, { place }) =>
    readIssue(input, unwrap(line), place, false, { inner: () => place, ...reading }),
  );
}

function changeTypeOf(source: Source): { readonly changeTypeField?: string } {
  const field = "changeTypeField" in source ? source.changeTypeField : undefined;
  return field === undefined ? {} : { changeTypeField: field };
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
