import type { IncomingMessage, ServerResponse } from "node:http";
import { type LoopbackServer, type SeenRequest, sendJson, startServer } from "../http/loopback-server.ts";

/** What a host answers: a body as JSON, or raw text; 200 unless it says otherwise. */
export interface FakeAnswer {
  readonly body: unknown;
  readonly status?: number;
  readonly headers?: Record<string, string>;
}

/** A route: the pattern of a path, and what it is answered with; null for "not found". */
export type FakeRoute = readonly [
  pattern: RegExp,
  answer: (parts: readonly string[], seen: SeenRequest, url: string) => FakeAnswer | null,
];

/** A host whose answers can be changed while it is read. */
export interface FakeHost {
  routes: readonly FakeRoute[];
  /** Value of the header that holds the token. */
  authorization: string;
  /** Before each JSON, as Gerrit has it. */
  prefix: string;
  /** An ETag for every answer, from its bytes; a question that shows it is answered with 304. */
  etags: boolean;
  /** Called before each answer; true when it has answered itself. */
  before: (seen: SeenRequest, response: ServerResponse, request: IncomingMessage) => boolean;
}

export async function startHost(
  routes: readonly FakeRoute[],
  authorization: string,
  changes: Partial<FakeHost> = {},
): Promise<{ host: FakeHost; server: LoopbackServer }> {
  const host: FakeHost = { routes, authorization, prefix: "", etags: false, before: () => false, ...changes };
  const server = await startServer((seen, response, request) => {
    if (!host.before(seen, response, request)) answer(host, seen, response, server.url);
  });
  return { host, server };
}

function answer(host: FakeHost, seen: SeenRequest, response: ServerResponse, url: string): void {
  if (seen.headers.authorization !== host.authorization) {
    sendJson(response, { message: "Unauthorized" }, { status: 401 });
    return;
  }
  const found = route(host.routes, seen, url) ?? { body: { message: "Not Found" }, status: 404 };
  const text = `${host.prefix}${JSON.stringify(found.body)}`;
  const etag = `"${Buffer.from(text).length}-${checksum(text)}"`;
  const status = found.status ?? 200;
  if (host.etags && status === 200 && seen.headers["if-none-match"] === etag) {
    response.writeHead(304, { etag }).end();
    return;
  }
  const more = host.etags ? { etag } : {};
  response.writeHead(status, { "content-type": "application/json", ...more, ...found.headers });
  response.end(text);
}

function route(routes: readonly FakeRoute[], seen: SeenRequest, url: string): FakeAnswer | null {
  for (const [pattern, give] of routes) {
    const match = pattern.exec(decodeURIComponent(seen.path));
    if (match !== null) return give(match.slice(1), seen, url);
  }
  return null;
}

function checksum(text: string): number {
  let sum = 0;
  for (const character of text) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_000_007;
  return sum;
}

export function shaOf(number: number): string {
  return number.toString(16).padStart(40, "0");
}

/** Rows a page, as hosts with numbered pages give them. */
export function numberedPage(rows: readonly unknown[], { query }: SeenRequest, most = 100) {
  const size = Math.min(Number(query.get("per_page") ?? 20), most);
  const page = Number(query.get("page") ?? 1);
  return {
    page,
    rows: rows.slice((page - 1) * size, page * size),
    more: page * size < rows.length,
    total: rows.length,
  };
}
