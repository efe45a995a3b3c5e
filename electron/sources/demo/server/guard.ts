import { createHash, timingSafeEqual } from "node:crypto";
import type { Reply } from "./reply.ts";
import type { RequestLimit } from "./request-limit.ts";

export interface DemoServerOptions {
  /** The secret that both systems accept: as GitHub's and Jira's bearer token, and as Jira's API token with the auditor's address. */
  readonly token: string;
  /** Each system refuses once after so many requests and asks to wait a second. Not at all when left out. */
  readonly rateLimitAfter?: number;
  /** Requests an hour that GitHub counts down in every answer, as it gives them to a person's token; 5,000 when left out. */
  readonly githubQuota?: number;
}

/** What was asked so far; counts go on while the server runs. */
export interface DemoRequests {
  github: number;
  jira: number;
  /** Answered from the client's own copy (304). */
  unchanged: number;
  /** Refused for their credentials (401). */
  unauthorised: number;
  /** Refused for being too many (403, 429). */
  limited: number;
  /** Refused because they would write (405). */
  writing: number;
}

/** Compares without telling by its time how much of a secret was right. */
export function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

export function refuseWriting(requests: DemoRequests, reply: Reply): Reply {
  requests.writing++;
  return { ...reply, headers: { ...reply.headers, Allow: "GET" } };
}

/** The refusal of a request that is one too many; null when it may pass. */
export function tooMany(limit: RequestLimit, requests: DemoRequests, refusal: () => Reply): Reply | null {
  const wait = limit.check();
  if (wait === null) return null;
  requests.limited++;
  return { ...refusal(), headers: { "Retry-After": String(wait) } };
}
