import { setImmediate as nextTurn } from "node:timers/promises";
import type { z } from "zod";
import { TickmarkError } from "../../../shared/errors.ts";
import { type Instant, instantOf } from "../../../shared/model/instant.ts";
import type { NetworkSettings } from "../../../shared/model/network-settings.ts";
import type { EarlierAnswer } from "../source-driver.ts";
import { createAgents, type ProxyVariables } from "./agents.ts";
import type { Attempt, FailedAttempt, JsonAnswer } from "./attempt.ts";
import { wait } from "./cancellable-wait.ts";
import { answerAgain, conditionOf } from "./earlier-answer.ts";
import type { HttpLimits } from "./http-limits.ts";
import { type Receipt, readReceived, receiveGet } from "./one-attempt.ts";
import { isUnencrypted, parseBaseUrl, publicUrl } from "./public-url.ts";
import { pauseMs } from "./rate-limit.ts";
import { rateLimited } from "./status-faults.ts";

export interface JsonClientOptions {
  readonly baseUrl: string;
  /** Sent with every request, to this host only. Holds the token; never shown. */
  readonly headers: Record<string, string>;
  readonly limits: HttpLimits;
  readonly signal: AbortSignal;
  /** Called before a wait that the server asked for. */
  onWait?(until: Instant): void;
  /** Looks at an answer that seems good; some servers go on answering strangers with less. */
  refuse?(answer: Pick<JsonAnswer, "headers">, url: URL): TickmarkError | null;
  /** How the host is reached; a source is one. */
  readonly network?: NetworkSettings;
  /** Relative paths of the network settings start here. */
  readonly baseFolder?: string;
  /** For tests: what stands for the environment's proxy variables. */
  readonly variables?: ProxyVariables;
  /** What the source's last complete pull received for a question, so that the server need not send it again. */
  earlier?(asked: string): EarlierAnswer | null;
  /** Characters before the JSON of every answer, which Gerrit puts there. */
  readonly prefix?: string;
}

export type Query = Readonly<Record<string, string | number>>;

/** Reads JSON from one host: GET only, every wait bounded and cancellable, every failure a fault that names the address. */
export interface JsonClient {
  readonly baseUrl: URL;
  /** @param path relative to the base address, without a leading slash */
  get(path: string, query?: Query): Promise<JsonAnswer>;
  /** Sends a question whose answer is taken later, or never. @param onArrival told when a whole answer is there */
  ask(path: string, query?: Query, onArrival?: () => void): SentQuestion;
}

/** A question on its way. Nobody is told how it went before the answer is taken. */
export interface SentQuestion {
  /**
   * Reads the answer, and asks again where that may help. To be called once.
   * @param onBytes sees the bytes before they are read; what it sends is on its way while that goes on
   */
  take(onBytes?: (bytes: Uint8Array) => void): Promise<JsonAnswer>;
  /** The answer is no longer wanted. */
  abandon(): void;
}

/** @throws source-invalid when the address cannot be one of an API */
export function createJsonClient(options: JsonClientOptions): JsonClient {
  const baseUrl = parseBaseUrl(options.baseUrl);
  const { network = {}, prefix } = options;
  if (isUnencrypted(baseUrl) && network.allowUnencrypted !== true) throw unencrypted(baseUrl);
  const { timeoutSeconds } = network;
  const settings = {
    agents: createAgents(network, options.baseFolder, options.variables),
    limits: timeoutSeconds === undefined ? options.limits : { ...options.limits, timeoutMs: timeoutSeconds * 1000 },
    signal: options.signal,
    ...(prefix === undefined ? {} : { prefix }),
  };
  const quota = createQuotaGate(options);

  /** Sends a question. @returns what takes its answer */
  function send(url: URL, { onArrival, ...more }: { onArrival?: () => void; abandoned?: AbortSignal } = {}) {
    let earlier: EarlierAnswer | null = null;
    const receive = async () => {
      await quota.pass(url, more.abandoned);
      const attempt = await receiveGet(url, { ...options.headers, ...conditionOf(earlier) }, { ...settings, ...more });
      onArrival?.();
      return attempt;
    };
    const sent = (async () => {
      earlier = options.earlier?.(`GET ${url.href}`) ?? null;
      return receive();
    })();
    // Whoever takes the answer is told.
    sent.catch(() => undefined);

    return async (onBytes?: (bytes: Uint8Array) => void): Promise<JsonAnswer> => {
      for (let attempts = 1; ; attempts++) {
        const attempt = await read(url, await (attempts === 1 ? sent : receive()), onBytes);
        if ("fault" in attempt) {
          await waitBeforeNext(attempt, attempts, options);
          continue;
        }
        const headers = "answer" in attempt ? attempt.answer.headers : attempt.unchanged;
        const refusal = options.refuse?.({ headers }, url) ?? null;
        if (refusal !== null) throw refusal;
        const answer =
          "answer" in attempt ? attempt.answer : earlier && answerAgain(url, earlier, attempt.unchanged, prefix);
        if (answer) return { ...answer, url: url.href, attempts };
        earlier = null;
      }
    };
  }

  async function read(url: URL, attempt: Receipt, onBytes?: (bytes: Uint8Array) => void): Promise<Attempt> {
    // Before anything else is asked.
    if ("unchanged" in attempt) quota.note(url, attempt.unchanged);
    if (!("received" in attempt)) return attempt;
    const { received } = attempt;
    quota.note(url, received.headers);
    if (onBytes !== undefined) {
      onBytes(received.bytes);
      // Reading keeps this thread busy: what was sent must have left by then.
      await nextTurn();
    }
    return readReceived(url, received, prefix);
  }

  function addressOf(path: string, query: Query = {}): URL {
    const url = new URL(path, baseUrl);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    return url;
  }

  return {
    baseUrl,
    get: async (path, query) => send(addressOf(path, query))(),
    ask(path, query, onArrival = () => undefined) {
      const abandoning = new AbortController();
      const take = send(addressOf(path, query), { onArrival, abandoned: abandoning.signal });
      return { take, abandon: () => abandoning.abort() };
    },
  };
}

function unencrypted(url: URL): TickmarkError {
  return new TickmarkError(
    "source-invalid",
    `${url.host} would be asked without encryption, so everybody on the way could read the token and change the answers.`,
    "Give an address that starts with https://; where the host has none, allow it with allowUnencrypted: true.",
  );
}

/**
 * Parses an answer.
 * @throws response-invalid, naming the address and the first place that is not as it should be
 */
export function parseAnswer<T>(schema: z.ZodType<T>, answer: JsonAnswer): T {
  const parsed = schema.safeParse(answer.json);
  if (parsed.success) return parsed.data;
  throw otherShape(answer, parsed.error);
}

/**
 * The answer itself, held against a schema that changes nothing: a page of many rows is not copied.
 * @throws as `parseAnswer`
 */
export function checkAnswer<S extends z.ZodType>(schema: S, answer: JsonAnswer): z.input<S> {
  if (schema.validate(answer.json)) return answer.json;
  throw otherShape(answer, schema.safeParse(answer.json).error);
}

function otherShape(answer: JsonAnswer, error: z.ZodError | undefined): TickmarkError {
  const [issue] = error?.issues ?? [];
  return new TickmarkError(
    "response-invalid",
    `${publicUrl(new URL(answer.url))} answered with JSON of another shape: ${issue?.path.join("/") || "the whole answer"}: ${issue?.message ?? "unknown"}.`,
    "Check that the source's address is the API of the right kind of server, in a version that is supported.",
  );
}

/** Waits as long as the failure asks for. @throws the failure itself, when trying again cannot help or was tried enough */
export async function waitBeforeNext(
  failed: FailedAttempt,
  attempts: number,
  options: Pick<JsonClientOptions, "limits" | "signal" | "onWait">,
): Promise<void> {
  const { limits, signal } = options;
  if (failed.retry === "never" || attempts >= limits.attempts) throw failed.fault;
  if (failed.retry === "backoff") return wait(backoff(attempts, limits), signal);
  if (failed.retry > limits.longestWaitMs) throw failed.fault;
  options.onWait?.(instantOf(Date.now() + failed.retry));
  return wait(failed.retry, signal);
}

/** Exponential, half of it at random, so that several pulls do not come back in step. */
function backoff(attempts: number, limits: HttpLimits): number {
  const full = Math.min(limits.longestBackoffMs, limits.backoffMs * 2 ** (attempts - 1));
  return full / 2 + (Math.random() * full) / 2;
}

/** Holds requests back once an answer said that it used up the quota. Searches have a quota of their own on GitHub. */
function createQuotaGate({ limits, signal, onWait }: JsonClientOptions) {
  const closedUntil = new Map<boolean, number>();
  const isSearch = (url: URL) => url.pathname.includes("/search/");
  return {
    note(url: URL, headers: Headers): void {
      const reset = pauseMs(headers);
      if (reset !== null) closedUntil.set(isSearch(url), Date.now() + reset);
    },
    async pass(url: URL, abandoned: AbortSignal = signal): Promise<void> {
      const until = closedUntil.get(isSearch(url)) ?? 0;
      const left = until - Date.now();
      if (left <= 0) return;
      if (left > limits.longestWaitMs) throw rateLimited(url, left);
      onWait?.(instantOf(until));
      await wait(left, AbortSignal.any([signal, abandoned]));
    },
  };
}
