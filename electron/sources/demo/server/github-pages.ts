import { type Asked, numberIn, ok, type Reply } from "./reply.ts";

/** One page of a list in GitHub's manner: 30 rows unless asked, 100 at most, neighbours named in the Link header. */
export function pageOf<T>(
  asked: Asked,
  rows: readonly T[],
  wrap: (page: readonly T[]) => unknown = (page) => page,
): Reply {
  const perPage = numberIn(asked.query, "per_page", 30, 1, 100);
  const page = numberIn(asked.query, "page", 1, 1, Number.MAX_SAFE_INTEGER);
  const last = Math.max(1, Math.ceil(rows.length / perPage));
  const links: [string, number][] = [];
  if (page > 1) links.push(["prev", Math.min(page - 1, last)]);
  if (page < last) links.push(["next", page + 1], ["last", last]);
  if (page > 1) links.push(["first", 1]);
  const link = links.map(([rel, number]) => `<${addressOf(asked, number)}>; rel="${rel}"`).join(", ");
  return ok(wrap(rows.slice((page - 1) * perPage, page * perPage)), link === "" ? {} : { Link: link });
}

function addressOf(asked: Asked, page: number): string {
  const address = new URL(asked.url);
  address.searchParams.set("page", String(page));
  return address.href;
}

/** Reads GitHub's ranges: `A..B` with both ends included, `>=A`, `<=B`, or one moment or day. */
export function rangeOf(text: string): (time: string) => boolean {
  const [from = "*", to = from] = text.includes("..") ? text.split("..") : boundsOf(text);
  const start = from === "*" ? Number.NEGATIVE_INFINITY : Date.parse(from);
  const end = to === "*" ? Number.POSITIVE_INFINITY : endOf(to);
  return (time) => Date.parse(time) >= start && Date.parse(time) <= end;
}

function boundsOf(text: string): string[] {
  if (text.startsWith(">=")) return [text.slice(2), "*"];
  if (text.startsWith("<=")) return ["*", text.slice(2)];
  return [text, text];
}

/** A day without a time is a day of UTC and included to its end. */
function endOf(text: string): number {
  return Date.parse(text) + (/^\d{4}-\d{2}-\d{2}$/.test(text) ? 86_400_000 - 1 : 0);
}
