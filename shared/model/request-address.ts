/**
 * What the address of a recorded GitHub answer says about it. Some answers do not say it themselves: a list of commits
 * names no request, and neither does an empty list of reviews. An address is a URL of the API, or the name of a file
 * that keeps its parts: `…/pulls/12/reviews?per_page=100&page=2`, `pulls-12-reviews-page-2.json`.
 */
export interface RequestAddress {
  readonly number: number;
  readonly list: "reviews" | "commits";
  /** 1 where the address names none. */
  readonly page: number;
  /** 30 where the address names none: GitHub's own default. */
  readonly perPage: number;
}

const pattern = /(?:^|[^A-Za-z0-9])pulls?[/_-]([1-9]\d{0,8})[/_-](reviews|commits)(?![A-Za-z0-9])/g;

/** Null when the address names no request with one of its lists. */
export function readRequestAddress(locator: string): RequestAddress | null {
  // The last: a repository may have a name that looks like an address, and it comes before.
  const match = [...locator.matchAll(pattern)].at(-1);
  if (match === undefined) return null;
  const rest = locator.slice(match.index + match[0].length);
  return {
    number: Number(match[1]),
    list: match[2] === "reviews" ? "reviews" : "commits",
    page: numberIn(rest, /(?<![A-Za-z0-9])(?<!per[_-])page[=_-]?([1-9]\d{0,5})(?!\d)/) ?? 1,
    perPage: numberIn(rest, /[?&_-]per_page[=_-]?([1-9]\d{0,3})(?!\d)/) ?? 30,
  };
}

function numberIn(text: string, part: RegExp): number | null {
  const match = part.exec(text);
  return match === null ? null : Number(match[1]);
}
