import { createHash } from "node:crypto";
import { githubProblem } from "./github-server.ts";
import { type DemoRequests, type DemoServerOptions, refuseWriting, sameSecret, tooMany } from "./guard.ts";
import type { Answerer, Asked } from "./reply.ts";
import { limitRequests } from "./request-limit.ts";

/** GitHub's order: who asks, how much they ask, then what. */
export function guardGithub(
  { token, rateLimitAfter, githubQuota = 5000 }: DemoServerOptions,
  requests: DemoRequests,
  answer: Answerer,
): Answerer {
  const limit = limitRequests(rateLimitAfter);
  const quota = countDown(githubQuota);
  return (asked) => {
    if (!sameSecret(bearerOf(asked), token)) {
      requests.unauthorised++;
      const given = asked.headers.authorization !== undefined;
      return githubProblem(401, given ? "Bad credentials" : "Requires authentication");
    }
    if (asked.method !== "GET") return refuseWriting(requests, githubProblem(405, "Method Not Allowed"));
    if (asked.path === "/rate_limit") return { status: 200, body: quota.overview(), headers: quota.headers() };
    const refusal = tooMany(limit, requests, () =>
      githubProblem(403, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."),
    );
    if (refusal) return { ...refusal, headers: { ...quota.headers(), ...refusal.headers } };
    const reply = answer(asked);
    const tag = `W/"${createHash("sha256").update(JSON.stringify(reply.body)).digest("hex")}"`;
    const headers = {
      "ETag": tag,
      "Cache-Control": "private, max-age=60, s-maxage=60",
      "Vary": "Accept, Authorization",
    };
    if (reply.status === 200 && asked.headers["if-none-match"] === tag) {
      requests.unchanged++;
      // An answer from the client's own copy costs nothing of the quota.
      return { status: 304, body: undefined, headers: { ...quota.headers(), ...headers } };
    }
    quota.spend();
    const caching = reply.status === 200 ? headers : {};
    return { ...reply, headers: { ...quota.headers(), ...caching, ...reply.headers } };
  };
}

/** The hourly quota that GitHub counts down in every answer. */
function countDown(limit: number) {
  const reset = Math.floor(Date.now() / 1000) + 3600;
  let used = 0;
  const rate = () => ({ limit, used, remaining: limit - used, reset });
  return {
    spend: () => {
      used++;
    },
    headers: () => ({
      "X-OAuth-Scopes": "read:org, repo",
      "X-Accepted-OAuth-Scopes": "repo",
      "X-GitHub-Media-Type": "github.v3; format=json",
      "X-RateLimit-Limit": String(limit),
      "X-RateLimit-Remaining": String(limit - used),
      "X-RateLimit-Used": String(used),
      "X-RateLimit-Reset": String(reset),
      "X-RateLimit-Resource": "core",
    }),
    overview: () => ({
      resources: { core: rate(), search: { limit: 30, used: 0, remaining: 30, reset } },
      rate: rate(),
    }),
  };
}

function bearerOf({ headers }: Asked): string {
  return /^(?:Bearer|token) (.+)$/i.exec(headers.authorization ?? "")?.[1] ?? "";
}
