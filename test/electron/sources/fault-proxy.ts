import { hash } from "node:crypto";
import { once } from "node:events";
import { Agent, createServer, request as forward, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { onTestFinished } from "vitest";

/** A question as the proxy passes it on. */
export interface Question {
  readonly path: string;
  readonly query: URLSearchParams;
  /** Body of a question that is sent with POST; empty otherwise. */
  readonly body: string;
  /** True when it came with another token than the first question did. */
  readonly renewed: boolean;
}

/** What becomes of an answer on its way. */
export type Mischief =
  | {
      readonly does: "answer";
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: unknown;
    }
  /** Half of the body, then the connection is reset. */
  | { readonly does: "reset" }
  /** Half of the body, then the end: before the announced length, without the last chunk, or as if that were all. */
  | { readonly does: "cut"; readonly announced: "length" | "chunks" | "the half" }
  /** The body in many small pieces. */
  | { readonly does: "drip" }
  /** The answer to another question on the same list in place of the right one. */
  | { readonly does: "swap"; readonly ask: (query: URLSearchParams) => void }
  /** The answer to the question before in the same place, once more. */
  | { readonly does: "repeat" }
  /** A page whose rows are gone. */
  | { readonly does: "empty"; readonly list: string | null; readonly goesOn: boolean };

export type Fault = (question: Question) => Mischief | null;

interface FaultProxySettings {
  /** Where the real server is. */
  readonly target: string;
  /** What the proxy's server says of the time. */
  readonly date: Date;
  /** Rows of a page at most, whatever is asked for, so that a short list has many pages. */
  readonly pageSize: number;
  readonly fault?: Fault;
}

export interface FaultProxy {
  readonly url: string;
  /** Paths with their queries that a fault struck. */
  readonly struck: string[];
  /** Answers that came whole and were wrong, as `path digest`. */
  readonly wrong: string[];
  /** From now on there are no faults. */
  mend(): void;
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

/** Strikes the questions that match at their nth time, the first being 1. */
export function strike(
  mischief: Mischief,
  isStruck: (nth: number) => boolean,
  matches: (question: Question) => boolean = () => true,
): Fault {
  let nth = 0;
  return (question) => {
    if (!matches(question)) return null;
    nth += 1;
    return isStruck(nth) ? mischief : null;
  };
}

/** Stands between a driver and a server on this machine, and spoils some of the answers. It stops when the test ends. */
export async function startFaultProxy(settings: FaultProxySettings): Promise<FaultProxy> {
  const agent = new Agent({ keepAlive: true });
  const [struck, wrong]: [string[], string[]] = [[], []];
  let { fault = () => null } = settings;
  let first: Credentials | null = null;
  const before = new Map<string, Answer>();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = request.url ?? "/";
    const url = new URL(asked, settings.target);
    const body = await bodyOf(request);
    const place = `${url.pathname} ${request.headers["x-amz-target"] ?? ""}`;
    const given = credentialsOf(request);
    first ??= given;
    const renewed = given.account !== first.account;
    const mischief = fault({ path: url.pathname, query: url.searchParams, body: body.toString(), renewed });
    if (mischief !== null) struck.push(asked);
    if (mischief?.does === "swap") mischief.ask(url.searchParams);
    // What the real server accepts is the first token; whether the client's is accepted is for the fault to say.
    const right = await fetchFrom(agent, url, { ...request.headers, ...first.headers }, body, settings);
    const answer = mischief === null ? right : spoil(right, mischief, before.get(place) ?? right);
    before.set(place, right);
    if (answer.status === 200 && wrongly.has(mischief?.does ?? ""))
      wrong.push(`${asked} ${hash("sha256", answer.body)}`);
    response.sendDate = false;
    await deliver(response, { ...answer, headers: { ...answer.headers, date: settings.date.toUTCString() } }, mischief);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    agent.destroy();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    struck,
    wrong,
    mend() {
      fault = () => null;
    },
  };
}

/** Faults after which an answer came whole and was not the right one. */
const wrongly = new Set(["swap", "repeat", "empty"]);

interface Credentials {
  /** What tells one token from another; a signature differs from question to question, its access key does not. */
  readonly account: string;
  readonly headers: Record<string, string>;
}

function credentialsOf({ headers }: IncomingMessage): Credentials {
  const given = Object.entries(headers).filter(([name]) =>
    /^(authorization|circle-token|x-octopus-apikey)$/.test(name),
  );
  const shown = given.map(([name, value]) => [name, String(value)] as const);
  const account = shown.map(([, value]) => /Credential=(\w+)/.exec(value)?.[1] ?? value).join(" ");
  return { account, headers: Object.fromEntries(shown) };
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Names under which systems are asked for so many rows of a page. */
const sizes = ["per_page", "maxResults", "pagelen", "limit", "n", "take", "sysparm_limit"];

/** The right answer, whole, to a question for smaller pages. */
async function fetchFrom(
  agent: Agent,
  url: URL,
  headers: IncomingMessage["headers"],
  body: Buffer,
  { pageSize }: FaultProxySettings,
): Promise<Answer> {
  for (const name of sizes) {
    if (Number(url.searchParams.get(name) ?? 0) > pageSize) url.searchParams.set(name, String(pageSize));
  }
  const { host, connection: _connection, "accept-encoding": _encodings, ...passedOn } = headers;
  const method = body.length === 0 ? "GET" : "POST";
  const sent = forward(url, { agent, method, headers: passedOn }).end(body);
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  // Where an answer names a page by its address, that address leads through the proxy as well.
  const text = (await bodyOf(answer)).toString().replaceAll(url.origin, `http://${host}`);
  return { status: answer.statusCode ?? 502, headers: answer.headers, body: Buffer.from(text) };
}

function spoil(answer: Answer, mischief: Mischief, before: Answer): Answer {
  if (mischief.does === "answer") {
    const body = Buffer.from(JSON.stringify(mischief.body ?? { message: "Not this time." }));
    const headers = { "content-type": "application/json", ...mischief.headers };
    return { status: mischief.status, headers: { ...headers, "content-length": String(body.length) }, body };
  }
  if (mischief.does === "repeat") return before;
  if (mischief.does !== "empty") return answer;
  const [prefix = ""] = /^\)]}'\n/.exec(answer.body.toString()) ?? [];
  const page: unknown = JSON.parse(answer.body.toString().slice(prefix.length));
  const body = Buffer.from(prefix + JSON.stringify(withoutRows(page, mischief)));
  const { link, "x-next-page": next, "x-ms-continuationtoken": token, ...headers } = answer.headers;
  const more = mischief.goesOn ? { link, "x-next-page": next, "x-ms-continuationtoken": token } : {};
  return { ...answer, headers: { ...headers, ...more, "content-length": String(body.length) }, body };
}

/** Names under which systems say that a page follows. */
const onward = new Set(["nextPageToken", "next_page_token", "nextToken", "next", "nextPageStart", "metadata"]);

function withoutRows(page: unknown, { list, goesOn }: Mischief & { does: "empty" }): unknown {
  if (list === null || typeof page !== "object" || page === null) return [];
  const kept = Object.entries(page).filter(([name]) => goesOn || !onward.has(name));
  const ended = "metadata" in page ? { metadata: {} } : "isLastPage" in page ? { isLastPage: true } : {};
  return { ...Object.fromEntries(kept), [list]: [], ...(goesOn ? {} : ended) };
}

async function deliver(response: ServerResponse, answer: Answer, mischief: Mischief | null): Promise<void> {
  const { body } = answer;
  const {
    "content-length": _length,
    "transfer-encoding": _chunks,
    connection: _connection,
    ...headers
  } = answer.headers;
  const half = body.subarray(0, body.length / 2);
  const begin = (length: number | null): void => {
    const given = Object.entries(headers).filter(([, value]) => value !== undefined);
    const announced = length === null ? {} : { "content-length": length };
    response.writeHead(answer.status, { ...Object.fromEntries(given), ...announced });
  };
  if (mischief?.does === "reset") {
    begin(body.length);
    await write(response, half);
    response.socket?.resetAndDestroy();
  } else if (mischief?.does === "cut" && mischief.announced === "the half") {
    begin(half.length);
    response.end(half);
  } else if (mischief?.does === "cut") {
    begin(mischief.announced === "length" ? body.length : null);
    await write(response, half);
    response.socket?.end();
  } else if (mischief?.does === "drip") {
    begin(body.length);
    const size = Math.ceil(body.length / 6);
    for (let at = 0; at < body.length; at += size) {
      await write(response, body.subarray(at, at + size));
      await wait(2);
    }
    response.end();
  } else {
    begin(body.length);
    response.end(body);
  }
}

function write(response: ServerResponse, bytes: Uint8Array): Promise<void> {
  return new Promise((written) => response.write(bytes, () => written()));
}
