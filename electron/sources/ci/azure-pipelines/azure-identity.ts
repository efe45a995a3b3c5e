import { TickmarkError } from "../../../../shared/errors.ts";
import type { ConnectionTest } from "../../../../shared/model/pull.ts";
import type { JsonAnswer } from "../../http/attempt.ts";
import { type JsonClient, parseAnswer } from "../../http/json-client.ts";
import { isUnencrypted } from "../../http/public-url.ts";
import { ConnectionData } from "./azure-shapes.ts";

export interface AzureIdentity extends ConnectionTest {
  readonly answers: readonly JsonAnswer[];
}

/**
 * Who asks. A public project answers strangers too.
 * @throws http-unauthorised when the answer is one to a stranger
 */
export async function askIdentity(client: JsonClient): Promise<AzureIdentity> {
  const answer = await client.get("_apis/connectionData", { "api-version": "7.1-preview" });
  const { authenticatedUser: user } = parseAnswer(ConnectionData, answer);
  if (/PublicAccess|^$/.test(user.subjectDescriptor ?? "-") || user.providerDisplayName === "Anonymous") {
    throw new TickmarkError(
      "http-unauthorised",
      `${client.baseUrl.host} answered as to a stranger.`,
      "Check that the token belongs to this organisation and has not expired, then try again.",
    );
  }
  const account = user.properties?.Account?.$value ?? user.id;
  return {
    identity: user.providerDisplayName ? `${user.providerDisplayName} (${account})` : account,
    access: "scopes of the token not told",
    canWrite: null,
    notes: [
      "Azure DevOps does not tell what a token may do; ask for one with the scope Build (read) and nothing more.",
      ...(isUnencrypted(client.baseUrl)
        ? [`The answers of ${client.baseUrl.host} came without encryption, so they could have been changed on the way.`]
        : []),
    ],
    answers: [answer],
  };
}
