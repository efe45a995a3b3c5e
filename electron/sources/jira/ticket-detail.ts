import { faultOf, TickmarkError } from "../../../shared/errors.ts";
import type { EvidenceFormat } from "../../../shared/model/evidence.ts";
import { parseInstant } from "../../../shared/model/instant.ts";
import { windowOf } from "../audit-window.ts";
import type { JsonAnswer } from "../http/attempt.ts";
import { parseAnswer, type Query } from "../http/json-client.ts";
import { keepAnswer } from "../http/kept-answer.ts";
import type { KeptAnswer } from "../pull-steps.ts";
import type { JiraCursor, TicketDetail } from "./jira-cursor.ts";
import { apiPath, type JiraPull } from "./jira-pull.ts";
import { DetailPage, type IssuePage } from "./jira-shapes.ts";

const rowsPerPage = 100;
const mostPages = 1000;

type Issue = IssuePage["issues"][number];

/** What is to be asked about tickets of a page: what it left out, and what no page holds. */
export function detailsOf({ source, context }: JiraPull, issues: readonly Issue[]): TicketDetail[] {
  const { from } = windowOf(context.period);
  return issues.flatMap(({ key, id, fields, changelog }) => {
    const { comment, updated } = fields ?? {};
    const details: TicketDetail[] = [];
    if ((changelog?.total ?? 0) > (changelog?.histories?.length ?? 0)) details.push({ key, what: "changelog" });
    if ((comment?.total ?? 0) > (comment?.comments?.length ?? 0)) details.push({ key, what: "comments" });
    // A ticket that nobody touched since before the period was neither approved nor linked in it.
    if ((parseInstant(updated ?? "") ?? from) < from) return details;
    if (source.approvals === true) details.push({ key, what: "approvals" });
    if (source.remoteLinks === true) details.push({ key, what: "remote-links" });
    for (const system of id === undefined ? [] : (source.development ?? [])) {
      details.push({ key, what: "development", id: id ?? "", system });
    }
    return details;
  });
}

/** Everything that is asked about one ticket in one place, stored in one step. */
export async function pullTicketDetail(pull: JiraPull, detail: TicketDetail): Promise<void> {
  const { context, steps } = pull;
  const answers: KeptAnswer[] = [];
  const notes: string[] = [];
  let [rows, isCut] = [0, false];
  for (let more = true; more; ) {
    const answer = await askDetail(pull, detail, rows);
    if (answer === null) break;
    const page = parseAnswer(DetailPage, answer);
    const found = rowsOf(page);
    const other = otherThanAsked(page, rows, found);
    if (other !== null && notes.length === 0) {
      notes.push(`Asked for the ${detail.what} of ${detail.key}, Jira first gave ${other}; it was asked again.`);
      continue;
    }
    if (other === "another page") throw otherPage(detail, rows);
    isCut = other !== null;
    if (isCut) notes.push(`Jira counts more ${detail.what} of ${detail.key} than the ${rows} that it gave.`);
    answers.push(keepDetail(detail, answer, context.now(), found));
    rows += found;
    more = found > 0 && goesOn(page, rows);
    if (answers.length > mostPages) throw endless(detail);
  }
  const { cursor } = steps;
  const isRefused = answers.length === 0;
  await steps.save(answers, {
    ...cursor,
    walk: { ...cursor.walk, details: cursor.walk.details.slice(1) },
    counts: countRows(cursor, detail, rows),
    notes: [...cursor.notes, ...notes],
    ...(isCut ? { cut: [...(cursor.cut ?? []), detail.what] } : {}),
    refused: isRefused ? { ...cursor.refused, [detail.what]: (cursor.refused[detail.what] ?? 0) + 1 } : cursor.refused,
  });
}

const formats: Readonly<Record<TicketDetail["what"], EvidenceFormat>> = {
  "changelog": "jira.changelog",
  "comments": "jira.comments",
  "approvals": "jira.approvals",
  "remote-links": "jira.remote-links",
  "development": "jira.development",
};

/** The ticket of a development page is in no place of Jira's answer or address, so it is added to the address. */
function keepDetail(detail: TicketDetail, answer: JsonAnswer, now: string, rows: number): KeptAnswer {
  const kept = keepAnswer(answer, formats[detail.what], now, rows);
  if (detail.what !== "development") return kept;
  return { ...kept, record: { ...kept.record, locator: `${kept.record.locator}#${detail.key}` } };
}

/** Null where the ticket has no such thing, or the account may not read it: that is no reason to lose the rest. */
async function askDetail(
  { client, source }: JiraPull,
  detail: TicketDetail,
  start: number,
): Promise<JsonAnswer | null> {
  const [path, query] = addressOf(source, detail, start);
  try {
    return await client.get(path, query);
  } catch (thrown) {
    const { code } = faultOf(thrown);
    const mayLack = detail.what !== "changelog" && detail.what !== "comments";
    if (mayLack && (code === "http-not-found" || code === "http-forbidden")) return null;
    throw thrown;
  }
}

function addressOf(source: JiraPull["source"], detail: TicketDetail, start: number): [path: string, query: Query] {
  const key = encodeURIComponent(detail.key);
  const paged = { startAt: start, maxResults: rowsPerPage };
  switch (detail.what) {
    case "changelog":
      return [apiPath(source, `issue/${key}/changelog`), paged];
    case "comments":
      return [apiPath(source, `issue/${key}/comment`), paged];
    case "approvals":
      return [`rest/servicedeskapi/request/${key}/approval`, { start, limit: rowsPerPage }];
    case "remote-links":
      return [apiPath(source, `issue/${key}/remotelink`), {}];
    case "development":
      return [
        "rest/dev-status/latest/issue/detail",
        { issueId: detail.id ?? "", applicationType: detail.system ?? "", dataType: "pullrequest" },
      ];
  }
}

function rowsOf(page: DetailPage): number {
  if (Array.isArray(page)) return page.length;
  const requests = (page.detail ?? []).flatMap(({ pullRequests }) => pullRequests ?? []);
  return (page.values ?? page.comments ?? requests).length;
}

/** What came in place of the page from this row on; null when it is that page. */
function otherThanAsked(page: DetailPage, start: number, found: number): "another page" | "an empty one" | null {
  if (Array.isArray(page)) return null;
  if ((page.startAt ?? page.start ?? start) !== start) return "another page";
  const isCut = start < (page.total ?? 0) || page.isLastPage === false;
  return found === 0 && isCut ? "an empty one" : null;
}

function goesOn(page: DetailPage, rows: number): boolean {
  if (Array.isArray(page) || page.detail !== undefined) return false;
  if (page.isLastPage !== undefined) return !page.isLastPage;
  return page.isLast !== true && rows < (page.total ?? Number.POSITIVE_INFINITY);
}

function countRows({ counts }: JiraCursor, { what }: TicketDetail, rows: number): JiraCursor["counts"] {
  if (what === "changelog") return { ...counts, histories: counts.histories + rows };
  // The page of the ticket held the first comments, and they were counted with it.
  if (what === "comments") return { ...counts, comments: counts.comments + rows };
  return what === "approvals"
    ? { ...counts, approvals: counts.approvals + rows }
    : { ...counts, links: counts.links + rows };
}

function otherPage({ key, what }: TicketDetail, start: number): TickmarkError {
  return new TickmarkError(
    "response-invalid",
    `Asked twice for the ${what} of ${key} from row ${start} on, Jira answered with another page.`,
    "Pull again; if it happens again, report it to whoever runs the Jira site.",
  );
}

function endless({ key, what }: TicketDetail): TickmarkError {
  return new TickmarkError(
    "response-invalid",
    `The ${what} of ${key} go on after ${mostPages} pages, more than any real ticket has.`,
    "Check that the source's address is a Jira site.",
  );
}
