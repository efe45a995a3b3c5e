import type { IncomingMessage } from "node:http";

/** A request as the demo's systems look at it. */
export interface Asked {
  readonly method: string;
  /** Address as asked, without the server's own name. */
  readonly url: URL;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A system that answers: same question, same body, at any time and on any port. */
export type Answerer = (asked: Asked) => Reply;

export function ok(body: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status: 200, body, headers };
}

/** A whole number of a query within bounds; the fallback where it is missing or no number. */
export function numberIn(query: URLSearchParams, name: string, fallback: number, low: number, high: number): number {
  const value = Number(query.get(name) ?? fallback);
  return Number.isInteger(value) ? Math.min(Math.max(value, low), high) : fallback;
}

/** Runs the first route whose pattern is the whole path. Its groups are the route's arguments, decoded. */
export function route(
  path: string,
  routes: readonly (readonly [RegExp, (...groups: string[]) => Reply | null])[],
): Reply | null {
  for (const [pattern, answer] of routes) {
    const match = pattern.exec(path);
    if (match) return answer(...match.slice(1).map(decodeURIComponent));
  }
  return null;
}
