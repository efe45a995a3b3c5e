import { expect, it } from "vitest";
import { pauseMs, quotaResetMs, rateLimitMs, retryAfterMs } from "../../../../electron/sources/http/rate-limit.ts";

const date = "Tue, 04 Mar 2025 09:00:00 GMT";

it("Retry-After is seconds or a date, and a date is held against the server's own clock", () => {
  expect(retryAfterMs(new Headers({ "retry-after": "90" }))).toBe(90_000);
  expect(retryAfterMs(new Headers({ date, "retry-after": "Tue, 04 Mar 2025 09:02:00 GMT" }))).toBe(120_000);
  expect(retryAfterMs(new Headers({ date, "retry-after": "Tue, 04 Mar 2025 08:00:00 GMT" }))).toBe(0);
  expect(retryAfterMs(new Headers({ "retry-after": "soon" }))).toBeNull();
  expect(retryAfterMs(new Headers())).toBeNull();
});

it("the quota comes back a second after the time that GitHub names in epoch seconds and Jira in ISO", () => {
  const reset = Date.parse("2025-03-04T09:10:00Z") / 1000;
  const headers = (value: string) => new Headers({ date, "x-ratelimit-remaining": "0", "x-ratelimit-reset": value });
  expect(quotaResetMs(headers(String(reset)))).toBe(601_000);
  expect(quotaResetMs(headers("2025-03-04T09:10:00Z"))).toBe(601_000);
  expect(quotaResetMs(headers(""))).toBeNull();
});

it("while any quota is left nothing is waited for", () => {
  expect(quotaResetMs(new Headers({ "x-ratelimit-remaining": "1", "x-ratelimit-reset": "99999999999" }))).toBeNull();
});

it("a 403 is a rate limit only where the answer says so; without a time GitHub wants a minute", () => {
  expect(rateLimitMs(403, new Headers(), "Resource not accessible by personal access token")).toBeNull();
  expect(rateLimitMs(403, new Headers(), "You have exceeded a secondary rate limit.")).toBe(60_000);
  expect(rateLimitMs(403, new Headers({ "retry-after": "7" }), "")).toBe(7_000);
  expect(rateLimitMs(429, new Headers(), "")).toBe(0);
  expect(rateLimitMs(404, new Headers({ "retry-after": "7" }), "rate limit")).toBeNull();
});

it("GitLab's quota is read under its own names, and seconds that are left as the IETF's draft has them", () => {
  const reset = String(Date.parse("2025-03-04T09:10:00Z") / 1000);
  expect(quotaResetMs(new Headers({ date, "ratelimit-remaining": "0", "ratelimit-reset": reset }))).toBe(601_000);
  expect(quotaResetMs(new Headers({ date, "ratelimit-remaining": "0", "ratelimit-reset": "30" }))).toBe(31_000);
  expect(quotaResetMs(new Headers({ date, "ratelimit-remaining": "5", "ratelimit-reset": "30" }))).toBeNull();
});

it("an answer that came can ask for a pause too, and the longer of two waits counts", () => {
  expect(pauseMs(new Headers({ "retry-after": "3" }))).toBe(3_000);
  const both = { date, "retry-after": "3", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "2025-03-04T09:10:00Z" };
  expect(pauseMs(new Headers(both))).toBe(601_000);
  expect(pauseMs(new Headers())).toBeNull();
});
