import { TickmarkError } from "../../../shared/errors.ts";
import type { FailedAttempt } from "./attempt.ts";
import { truncated } from "./connection-faults.ts";
import { publicUrl } from "./public-url.ts";

/**
 * Reads a body as JSON, and tells a cut answer from one that was never JSON.
 * @param prefix what the server puts before the JSON (Gerrit: `)]}'`); it is left out of what is parsed, not of the bytes
 */
export function parseBody(
  url: URL,
  headers: Headers,
  bytes: Uint8Array,
  prefix = "",
): { json: unknown } | FailedAttempt {
  const whole = decode(bytes).trim();
  const text = prefix !== "" && whole.startsWith(prefix) ? whole.slice(prefix.length).trim() : whole;
  const type = headers.get("content-type") ?? "";
  if (text.startsWith("<") || /\bhtml\b/i.test(type)) return { fault: notJson(url, "a web page"), retry: "never" };
  try {
    return { json: JSON.parse(text) };
  } catch (cause) {
    if (text === "") return { fault: truncated(url, "was empty", cause), retry: "backoff" };
    if (/^[[{"]/.test(text)) return { fault: truncated(url, "is JSON that breaks off", cause), retry: "backoff" };
    return { fault: notJson(url, "something that is not JSON"), retry: "never" };
  }
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder("utf-8").decode(bytes);
}

function notJson(url: URL, what: string): TickmarkError {
  return new TickmarkError(
    "http-not-json",
    `${publicUrl(url)} answered with ${what} in place of JSON: probably a login page or a proxy stands in between.`,
    "Check the API address of the source, and that this machine reaches it without a sign-in page.",
  );
}
