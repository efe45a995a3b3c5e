import { type ErrorCode, TickmarkError } from "../../../shared/errors.ts";
import { instantOf } from "../../../shared/model/instant.ts";
import type { FailedAttempt } from "./attempt.ts";
import { publicUrl } from "./public-url.ts";
import { rateLimitMs, retryAfterMs } from "./rate-limit.ts";

/** What an answer that is not 200 means, and whether trying again can help. */
export function statusFailure(url: URL, status: number, headers: Headers, text: string): FailedAttempt {
  const limitMs = rateLimitMs(status, headers, text);
  if (limitMs !== null) {
    return { fault: rateLimited(url, limitMs), retry: limitMs === 0 ? "backoff" : limitMs };
  }
  const [code, meaning, action] = meaningOf(status);
  const said = saidByServer(text);
  return {
    fault: new TickmarkError(code, `GET ${publicUrl(url)} answered ${status}: ${meaning}${said}.`, action),
    retry: code === "http-server-error" ? (retryAfterMs(headers) ?? "backoff") : "never",
  };
}

export function rateLimited(url: URL, waitMs: number): TickmarkError {
  const until = waitMs === 0 ? "" : ` until ${instantOf(Date.now() + waitMs)}`;
  return new TickmarkError(
    "http-rate-limited",
    `${url.host} takes no more requests from this account${until}.`,
    "Pull again after that time; it goes on from where it stopped.",
  );
}

function meaningOf(status: number): [code: ErrorCode, meaning: string, action: string] {
  if (status === 401) {
    return [
      "http-unauthorised",
      "the token was not accepted",
      "Check that the token is the right one for this host and has not expired, then pull again.",
    ];
  }
  if (status === 403) {
    return [
      "http-forbidden",
      "the account may not read this",
      "Ask for a token with read access to this repository or project, then pull again.",
    ];
  }
  if (status === 404) {
    return [
      "http-not-found",
      "it does not exist, or the token may not see it",
      "Check the source's address and name, and that the token may read it.",
    ];
  }
  if (status >= 500) {
    return [
      "http-server-error",
      "the server failed",
      "Wait for the server to recover, then pull again: it goes on from where it stopped.",
    ];
  }
  return [
    "http-unexpected-status",
    "the request was not understood as it should be",
    "Check the source's settings against the server's version.",
  ];
}

/** The server's own words help, but they are a stranger's text: one line, short, printable. */
function saidByServer(text: string): string {
  const message = /"(?:message|errorMessages)"\s*:\s*\[?\s*"((?:[^"\\]|\\.)*)"/.exec(text.slice(0, 10_000))?.[1] ?? "";
  const line = message
    .replace(/\\[nrt]/g, " ")
    .replace(/\\(.)/g, "$1")
    .replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, "")
    .replace(/\s+/g, " ")
    .trim();
  if (line === "") return "";
  return ` ("${line.length > 160 ? `${line.slice(0, 160)}…` : line}")`;
}
