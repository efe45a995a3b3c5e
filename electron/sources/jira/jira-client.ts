import { TickmarkError } from "../../../shared/errors.ts";
import type { SourceOf } from "../../../shared/model/source.ts";
import type { HttpLimits } from "../http/http-limits.ts";
import type { JsonClient, JsonClientOptions } from "../http/json-client.ts";
import { publicUrl } from "../http/public-url.ts";
import { createSourceClient } from "../http/source-client.ts";
import type { AskingContext } from "../source-driver.ts";

/** @throws secret-missing, source-invalid */
export function createJiraClient(
  source: SourceOf<"jira">,
  context: AskingContext,
  limits: HttpLimits,
  onWait?: JsonClientOptions["onWait"],
): JsonClient {
  return createSourceClient(source, context, limits, {
    baseUrl: source.siteUrl,
    headers: {
      "authorization": authorization(source.user, context.readSecret(source.token)),
    },
    refuse: createStrangerCheck(),
    onWait,
  });
}

function authorization(user: string | undefined, secret: string): string {
  if (user === undefined) return `Bearer ${secret}`;
  return `Basic ${Buffer.from(`${user}:${secret}`, "utf-8").toString("base64")}`;
}

/**
 * With a token that is wrong or has run out Jira may go on and answer as to a stranger: fewer tickets, and status 200.
 * It says so in a header, and Jira names the account in each answer: once named, it must stay.
 */
function createStrangerCheck(): NonNullable<JsonClientOptions["refuse"]> {
  let account: string | null = null;
  return ({ headers }, url) => {
    const refused = /AUTHENTICAT(ED|ION)_(FAILED|DENIED)|OUT/.test(headers.get("x-seraph-loginreason") ?? "");
    const named = headers.get("x-aaccountid") ?? headers.get("x-ausername");
    if (!refused && named !== "anonymous" && (account === null || named === account)) {
      account = named;
      return null;
    }
    return new TickmarkError(
      "http-unauthorised",
      `${publicUrl(url)} did not accept the token and answered as to a stranger.`,
      "Check that the token is the right one for this site and has not expired, then pull again.",
    );
  };
}
