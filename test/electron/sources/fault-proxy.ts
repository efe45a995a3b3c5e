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
  /** The token that came with it. */
  readonly token: string;
}

/** What becomes of an answer on its way. */
export type Mischief =
  | { readonly does: "answer"; readonly status: number; readonly headers?: Record<string, string> }
  /** Half of the body, then the connection is reset. */
  | { readonly does: "reset" }
  /** Half of the body, then the end: before the announced length, without the last chunk, or as if that were all. */
  | { readonly does: "cut"; readonly announced: "length" | "chunks" | "the half" }
  /** The body in many small pieces. */
  | { readonly does: "drip" }
  /** The answer to another question on the same list in place of the right one. */
  | { readonly does: "swap"; readonly ask: (query: URLSearchParams) => void }
  /** A page whose rows are gone. */
  | { readonly does: "empty"; readonly list: string | null; readonly goesOn: boolean };

export type Fault = (question: Question) => Mischief | null;

interface FaultProxySettings {
  /** Where the real server is. */
  readonly target: string;
  /** What the real server accepts. Whether the client's token is accepted is for the fault to say. */
  readonly token: string;
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

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = request.url ?? "/";
    const url = new URL(asked, settings.target);
    const token = (request.headers.authorization ?? "").replace(/^Bearer /, "");
    const mischief = fault({ path: url.pathname, query: url.searchParams, token });
    if (mischief !== null) struck.push(asked);
    if (mischief?.does === "swap") mischief.ask(url.searchParams);
    const right = await fetchFrom(agent, url, request, settings);
    const answer = mischief === null ? right : spoil(right, mischief);
    if (answer.status === 200 && (mischief?.does === "swap" || mischief?.does === "empty")) {
      wrong.push(`${asked} ${hash("sha256", answer.body)}`);
    }
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

/** The right answer, whole, to a question for smaller pages. */
async function fetchFrom(agent: Agent, url: URL, request: IncomingMessage, { pageSize, token }: FaultProxySettings) {
  for (const name of ["per_page", "maxResults"]) {
    if (Number(url.searchParams.get(name) ?? 0) > pageSize) url.searchParams.set(name, String(pageSize));
  }
  const { accept = "" } = request.headers;
  const sent = forward(url, { agent, headers: { authorization: `Bearer ${token}`, accept } }).end();
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  return { status: answer.statusCode ?? 502, headers: answer.headers, body: Buffer.concat(chunks) };
}

function spoil(answer: Answer, mischief: Mischief): Answer {
  if (mischief.does === "answer") {
    const body = Buffer.from(JSON.stringify({ message: "Not this time." }));
    const headers = { "content-type": "application/json", ...mischief.headers };
    return { status: mischief.status, headers: { ...headers, "content-length": String(body.length) }, body };
  }
  if (mischief.does !== "empty") return answer;
  const body = Buffer.from(JSON.stringify(withoutRows(JSON.parse(answer.body.toString()), mischief)));
  const { link, ...headers } = answer.headers;
  const kept = mischief.goesOn ? { ...headers, link } : headers;
  return { ...answer, headers: { ...kept, "content-length": String(body.length) }, body };
}

function withoutRows(page: Record<string, unknown>, { list, goesOn }: Mischief & { does: "empty" }): unknown {
  if (list === null) return [];
  const { nextPageToken, ...rest } = page;
  return { ...rest, [list]: [], ...(goesOn ? { nextPageToken } : {}) };
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
