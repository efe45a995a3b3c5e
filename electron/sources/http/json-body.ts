import { TickmarkError } from "../../../shared/errors.ts";
import { decodeLossy, decodeUtf8 } from "../../../shared/model/text.ts";
import type { FailedAttempt } from "./attempt.ts";
import { truncated } from "./connection-faults.ts";
import { publicUrl } from "./public-url.ts";

/**
 * Reads a body as JSON, and tells a cut answer from one that was never JSON.
 * @param prefix what the server puts before the JSON (Gerrit: `)]}'`); it is left out of what is parsed, not of the bytes
 * @returns `document` and `text` as well where the bytes are strictly UTF-8 and JSON, and nothing had to be left out of them
 */
export function parseBody(
  url: URL,
  headers: Headers,
  bytes: Uint8Array,
  prefix = "",
): { json: unknown; document?: unknown; text?: string } | FailedAttempt {
  const strict = decodeUtf8(bytes);
  const whole = (strict ?? decodeLossy(bytes)).trim();
  const text = prefix !== "" && whole.startsWith(prefix) ? whole.slice(prefix.length).trim() : whole;
  const type = headers.get("content-type") ?? "";
  if (text.startsWith("<") || /\bhtml\b/i.test(type)) return { fault: notJson(url, "a web page"), retry: "never" };
  try {
    const json: unknown = JSON.parse(text);
    // Whoever reads the bytes later takes them strictly; only where that comes to the same is it theirs already.
    return text === strict ? { json, document: json, text } : { json };
  } catch (cause) {
    if (text === "") return { fault: truncated(url, "was empty", cause), retry: "backoff" };
    if (/^[[{"]/.test(text)) return { fault: truncated(url, "is JSON that breaks off", cause), retry: "backoff" };
    return { fault: notJson(url, "something that is not JSON"), retry: "never" };
  }
}

function notJson(url: URL, what: string): TickmarkError {
  return new TickmarkError(
    "http-not-json",
    `${publicUrl(url)} answered with ${what} in place of JSON: probably a login page or a proxy stands in between.`,
    "Check the API address of the source, and that this machine reaches it without a sign-in page.",
  );
}
