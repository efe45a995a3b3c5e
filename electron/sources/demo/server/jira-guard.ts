import type { Story } from "../story-schema.ts";
import { type DemoRequests, type DemoServerOptions, refuseWriting, sameSecret, tooMany } from "./guard.ts";
import { jiraProblem, readsByPost } from "./jira-server.ts";
import type { Answerer, Reply } from "./reply.ts";
import { limitRequests } from "./request-limit.ts";

/** Who asks, whether they would write, how much they ask, then what. */
export function guardJira(
  story: Story,
  { token, rateLimitAfter }: DemoServerOptions,
  requests: DemoRequests,
  answer: Answerer,
): Answerer {
  const limit = limitRequests(rateLimitAfter);
  const basic = Buffer.from(`${story.auditor.email}:${token}`).toString("base64");
  return (asked) => {
    const authorization = asked.headers.authorization ?? "";
    const [scheme = "", secret = ""] = authorization.split(" ");
    const expected = scheme.toLowerCase() === "basic" ? basic : token;
    if (!sameSecret(secret, expected)) {
      requests.unauthorised++;
      return unauthorisedJira(story.jira.site);
    }
    if (asked.method !== "GET" && !(asked.method === "POST" && readsByPost(asked.path))) {
      return refuseWriting(requests, jiraProblem(405, "Method Not Allowed"));
    }
    const refusal = tooMany(limit, requests, () => jiraProblem(429, "Rate limit exceeded."));
    if (refusal) return { ...refusal, headers: { ...refusal.headers, "RateLimit-Reason": "jira-burst-based" } };
    const reply = answer(asked);
    return { ...reply, headers: { "X-AREQUESTID": "demo", "X-Seraph-LoginReason": "OK", ...reply.headers } };
  };
}

function unauthorisedJira(site: string): Reply {
  return {
    status: 401,
    body: { message: "Client must be authenticated to access this resource.", "status-code": 401 },
    headers: {
      "WWW-Authenticate": `OAuth realm="${encodeURIComponent(site)}"`,
      "X-Seraph-LoginReason": "AUTHENTICATED_FAILED",
    },
  };
}
