import { z } from "zod";
import { TickmarkError } from "../../../../shared/errors.ts";
import type { EvidenceFormat } from "../../../../shared/model/evidence.ts";
import type { JsonAnswer } from "../../http/attempt.ts";
import { type JsonClient, parseAnswer, type Query } from "../../http/json-client.ts";
import type { HostList, Question } from "./host-plan.ts";

const List = z.array(z.unknown());

/** A list that is one answer. */
export function single(path: string, format: EvidenceFormat, query: Query = {}): HostList {
  return { first: { path, query }, format, rows: (answer) => parseAnswer(List, answer), next: () => null };
}

/** Something by itself, as a list of one row. */
export function oneRow(path: string, format: EvidenceFormat, query: Query = {}): HostList {
  return { first: { path, query }, format, rows: (answer) => [answer.json], next: () => null };
}

/**
 * Pages by number, as GitHub and GitLab give them. A page that is full is always followed by the question for the next
 * one, even where no header names it: a list whose last page is full proves to nobody that it is whole.
 * @param member name of the list inside the answer; the answer is the list without it
 */
export function numberedPages(path: string, format: EvidenceFormat, query: Query = {}, member?: string): HostList {
  const perPage = 100;
  const rowsOf = member === undefined ? List : z.object({ [member]: List }).transform((answer) => answer[member] ?? []);
  return {
    first: { path, query: { ...query, per_page: perPage, page: 1 } },
    format,
    rows: (answer) => parseAnswer(rowsOf, answer),
    next: (answer, { path, query }, rows) =>
      rows >= perPage || namesNext(answer) ? { path, query: { ...query, page: Number(query.page) + 1 } } : null,
    total: totalOf,
  };
}

function namesNext({ headers }: JsonAnswer): boolean {
  return (headers.get("x-next-page") ?? "") !== "" || /;\s*rel="?next"?/.test(headers.get("link") ?? "");
}

/** GitLab's X-Total, which it leaves out above ten thousand rows; else `total_count`, which some of GitHub's lists have. */
function totalOf({ headers, json }: JsonAnswer): number | null {
  const header = headers.get("x-total") ?? "";
  if (/^\d+$/.test(header)) return Number(header);
  return z.object({ total_count: z.number().int().nonnegative() }).safeParse(json).data?.total_count ?? null;
}

const Values = z.object({
  values: List,
  next: z.string().optional(),
  size: z.number().int().nonnegative().optional(),
});

/** Bitbucket Cloud: each page names the address of the next, which must lie on the same host. */
export function linkedPages(client: JsonClient, path: string, format: EvidenceFormat, query: Query = {}): HostList {
  return {
    first: { path, query },
    format,
    rows: (answer) => parseAnswer(Values, answer).values,
    next: (answer) => questionAt(client, parseAnswer(Values, answer).next),
    total: (answer) => parseAnswer(Values, answer).size ?? null,
  };
}

function questionAt({ baseUrl }: JsonClient, address: string | undefined): Question | null {
  if (address === undefined) return null;
  const url = URL.parse(address);
  if (url?.origin === baseUrl.origin && url.pathname.startsWith(baseUrl.pathname)) {
    return { path: `${url.pathname.slice(baseUrl.pathname.length)}${url.search}`, query: {} };
  }
  throw new TickmarkError(
    "http-redirected-away",
    `The next page of a list is said to be at ${url?.origin ?? "an address that is none"}; the token was not sent there.`,
    "If that host is the right one, give its address as the source's address.",
  );
}

const Slice = z.object({
  values: List,
  isLastPage: z.boolean(),
  nextPageStart: z.number().int().nonnegative().nullish(),
});

/** Bitbucket Data Center: `start` and `limit`, and the word that the last page was reached. */
export function slicedPages(path: string, format: EvidenceFormat, query: Query = {}): HostList {
  return {
    first: { path, query: { ...query, limit: 100, start: 0 } },
    format,
    rows: (answer) => parseAnswer(Slice, answer).values,
    next(answer, asked) {
      const { isLastPage, nextPageStart } = parseAnswer(Slice, answer);
      if (isLastPage) return null;
      return { path: asked.path, query: { ...asked.query, start: nextPageStart ?? Number(asked.query.start) } };
    },
  };
}

const Counted = z.object({ value: List, count: z.number().int().nonnegative().optional() });

/** Azure DevOps: `$top` and `$skip`, where a list has them; `count` is that of the page alone. */
export function skippedPages(path: string, format: EvidenceFormat, query: Query = {}, top = 100): HostList {
  return {
    first: { path, query: { ...query, $top: top, $skip: 0 } },
    format,
    rows: (answer) => parseAnswer(Counted, answer).value,
    next: (_answer, asked, rows) =>
      rows < top ? null : { path: asked.path, query: { ...asked.query, $skip: Number(asked.query.$skip) + rows } },
  };
}

/** Azure DevOps: a list that comes whole, or goes on with a token. */
export function tokenPages(path: string, format: EvidenceFormat, query: Query = {}): HostList {
  return {
    first: { path, query },
    format,
    rows: (answer) => parseAnswer(Counted, answer).value,
    next(answer, asked) {
      const token = answer.headers.get("x-ms-continuationtoken") ?? "";
      return token === "" ? null : { path: asked.path, query: { ...asked.query, continuationToken: token } };
    },
  };
}
