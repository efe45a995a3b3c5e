import type { TickmarkError } from "../../../shared/errors.ts";

/** An answer that can be relied on: complete, JSON, from the host that was asked. */
export interface JsonAnswer {
  /** Address asked, with its query. Carries no secret. */
  readonly url: string;
  /** 200, or 304: then headers and bytes are those of the earlier pull, which the server says still hold. */
  readonly status: number;
  readonly headers: Headers;
  /** The body exactly as received, after content-decoding. */
  readonly bytes: Uint8Array;
  readonly json: unknown;
  /** The same, where the bytes alone and taken strictly give it: then whoever reads them need not parse them again. */
  readonly document?: unknown;
  /** The text that `document` was parsed from. */
  readonly text?: string;
  readonly attempts: number;
  /** Set when the server pointed to another address on the same host and that one answered. */
  readonly redirectedTo: string | null;
}

/** One try of a request that did not bring an answer. */
export interface FailedAttempt {
  readonly fault: TickmarkError;
  /** `never`: trying again cannot help. `backoff`: it may. A number: the server asked for that many milliseconds. */
  readonly retry: "never" | "backoff" | number;
}

/** The server says that what an earlier pull received still holds. */
export interface Unchanged {
  readonly unchanged: Headers;
}

export type Attempt = { readonly answer: Omit<JsonAnswer, "url" | "attempts"> } | Unchanged | FailedAttempt;
