import type { Readable } from "node:stream";
import { TickmarkError } from "../../../shared/errors.ts";
import type { Agents } from "./agents.ts";
import type { Attempt, FailedAttempt, JsonAnswer, Unchanged } from "./attempt.ts";
import { cancelled } from "./cancellable-wait.ts";
import { connectionFailure, cutFailure, timeoutFailure, tooLargeFailure } from "./connection-faults.ts";
import type { HttpLimits } from "./http-limits.ts";
import { parseBody } from "./json-body.ts";
import { publicUrl } from "./public-url.ts";
import { type OpenAnswer, sendGet } from "./send-get.ts";
import { statusFailure } from "./status-faults.ts";

const mostRedirects = 5;
const redirects = new Set([301, 302, 303, 307, 308]);

/** What every attempt of a client has in common. */
export interface AttemptSettings {
  readonly agents: Agents;
  readonly limits: HttpLimits;
  readonly signal: AbortSignal;
  /** Of a single question, whose answer nobody wants any more. */
  readonly abandoned?: AbortSignal;
  /** Characters before the JSON that the server puts there against its use in a script. */
  readonly prefix?: string;
  /** Body of a question to an API whose reading verbs are sent with POST; without it GET. */
  readonly question?: string;
  /** The status that an error's text means, where the server answers 400 to everything. */
  statusOf?(status: number, text: string): number;
}

/** The whole answer of a server that agreed, not yet taken for JSON. */
type ReceivedAnswer = Pick<JsonAnswer, "status" | "headers" | "bytes" | "redirectedTo">;

export type Receipt = { readonly received: ReceivedAnswer } | Unchanged | FailedAttempt;

/** Sends one GET and reads the whole answer. @throws as `receiveGet` */
export async function attemptGet(
  url: URL,
  headers: Readonly<Record<string, string>>,
  settings: AttemptSettings,
): Promise<Attempt> {
  const attempt = await receiveGet(url, headers, settings);
  return "received" in attempt ? readReceived(url, attempt.received, settings.prefix) : attempt;
}

/** Takes an answer for JSON. @param prefix as of `parseBody` */
export function readReceived(url: URL, received: ReceivedAnswer, prefix?: string): Attempt {
  const parsed = parseBody(url, received.headers, received.bytes, prefix);
  return "fault" in parsed ? parsed : { answer: { ...received, ...parsed } };
}

/**
 * Sends one GET and receives the whole answer.
 * @param headers with `if-none-match` or `if-modified-since` the server may answer that nothing changed
 * @throws cancelled; every other failure is returned, since trying again may help
 */
export async function receiveGet(
  url: URL,
  headers: Readonly<Record<string, string>>,
  { agents, limits, signal, abandoned, question, statusOf }: AttemptSettings,
): Promise<Receipt> {
  const timeout = AbortSignal.timeout(limits.timeoutMs);
  const either = AbortSignal.any(abandoned === undefined ? [signal, timeout] : [signal, timeout, abandoned]);
  const failed = (thrown: unknown, otherwise: (thrown: unknown) => FailedAttempt): FailedAttempt => {
    if (signal.aborted) throw cancelled();
    return timeout.aborted ? timeoutFailure(url, limits.timeoutMs) : otherwise(thrown);
  };
  let response: OpenAnswer;
  let asked = url;
  for (let redirected = 0; ; redirected++) {
    try {
      response = await sendGet(asked, headers, agents, either, question);
    } catch (thrown) {
      return failed(thrown, (error) => connectionFailure(url, error));
    }
    if (!redirects.has(response.status)) break;
    response.body.on("error", () => undefined).destroy();
    const target = redirectTarget(asked, response.headers.get("location"), redirected);
    if (target instanceof TickmarkError) return { fault: target, retry: "never" };
    asked = target;
  }
  let bytes: Uint8Array | null;
  try {
    bytes = await readBody(response.body, limits.largestAnswerBytes);
  } catch (thrown) {
    return failed(thrown, (error) => cutFailure(url, error));
  }
  if (bytes === null) return tooLargeFailure(url, limits.largestAnswerBytes);
  const { status } = response;
  if (status === 304 && isConditional(headers)) return { unchanged: response.headers };
  if (status !== 200) {
    const text = new TextDecoder().decode(bytes);
    return statusFailure(url, statusOf?.(status, text) ?? status, response.headers, text);
  }
  const redirectedTo = asked === url ? null : asked.href;
  return { received: { status, headers: response.headers, bytes, redirectedTo } };
}

function isConditional(headers: Readonly<Record<string, string>>): boolean {
  return "if-none-match" in headers || "if-modified-since" in headers;
}

/** Where a redirect leads, when it stays on the host that was asked. The token is never carried to another one. */
function redirectTarget(asked: URL, location: string | null, redirected: number): URL | TickmarkError {
  const target = location === null ? null : URL.parse(location, asked.href);
  if (target === null || redirected >= mostRedirects) {
    return new TickmarkError(
      "http-unexpected-status",
      `${publicUrl(asked)} redirects ${target === null ? "without saying where" : "in a circle"}.`,
      "Check the API address of the source.",
    );
  }
  if (target.origin === asked.origin) return target;
  return new TickmarkError(
    "http-redirected-away",
    `${publicUrl(asked)} redirects to another host, ${target.origin}; the token was not sent there.`,
    "If that host is the right one, give its address as the source's address; it may also be a sign-in page.",
  );
}

/** The whole body, or null when it is larger than any real answer. Chunk by chunk, so that an endless one is noticed. */
async function readBody(body: Readable, limit: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
