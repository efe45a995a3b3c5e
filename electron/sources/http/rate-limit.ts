/** Reads what a server says of its rate limit. All results are milliseconds from now; null where it says nothing. */

const secondaryLimitMs = 60_000; // GitHub asks for a minute at least where it names no time.

/** Seconds, or an HTTP date. Dates are held against the server's own clock, since ours may be off. */
export function retryAfterMs(headers: Headers): number | null {
  const value = headers.get("retry-after")?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  const moment = Date.parse(value);
  return Number.isNaN(moment) ? null : Math.max(0, moment - serverNow(headers));
}

/** How long to hold the next request back after an answer that came: its quota is used up, or it asks for a pause. */
export function pauseMs(headers: Headers): number | null {
  const [quota, asked] = [quotaResetMs(headers), retryAfterMs(headers)];
  return quota === null || asked === null ? (quota ?? asked) : Math.max(quota, asked);
}

const aBillion = 1e9; // Seconds since 1970 have been more since 2001; no quota takes that long to come back.

/**
 * Time until the quota comes back, where the answer says that none is left. GitHub and GitLab write epoch seconds, Jira
 * an ISO time, and who follows the IETF's draft of RateLimit headers the seconds that are left.
 */
export function quotaResetMs(headers: Headers): number | null {
  const names = ["x-ratelimit-", "ratelimit-"].find((name) => headers.get(`${name}remaining`)?.trim() === "0");
  if (names === undefined) return null;
  const value = headers.get(`${names}reset`)?.trim() ?? "";
  const seconds = /^\d+$/.test(value) ? Number(value) : null;
  if (seconds !== null && seconds < aBillion) return seconds * 1000 + 1000;
  const moment = seconds === null ? Date.parse(value) : seconds * 1000;
  // A second more: the quota is back after the second named, not at its beginning.
  return Number.isNaN(moment) ? null : Math.max(0, moment - serverNow(headers)) + 1000;
}

/** How long a refusal asks to wait when it is a rate limit and not a lack of rights; null when it is none. */
export function rateLimitMs(status: number, headers: Headers, text: string): number | null {
  if (status !== 429 && status !== 403) return null;
  const named = retryAfterMs(headers) ?? quotaResetMs(headers);
  if (named !== null) return named;
  if (status === 403) return /rate limit/i.test(text) ? secondaryLimitMs : null;
  return /secondary rate limit/i.test(text) ? secondaryLimitMs : 0;
}

function serverNow(headers: Headers): number {
  const date = Date.parse(headers.get("date") ?? "");
  return Number.isNaN(date) ? Date.now() : date;
}
