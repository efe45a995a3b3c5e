import { TickmarkError } from "../../../../shared/errors.ts";
import type { ConnectionTest } from "../../../../shared/model/pull.ts";
import type { JsonAnswer } from "../../http/attempt.ts";
import { type JsonClient, parseAnswer } from "../../http/json-client.ts";
import { isUnencrypted } from "../../http/public-url.ts";
import { WhoAmI } from "./jenkins-shapes.ts";

export interface JenkinsIdentity extends ConnectionTest {
  readonly answers: readonly JsonAnswer[];
}

/**
 * Who asks. Jenkins answers a stranger too, with what strangers may see: fewer jobs, and no word that others exist.
 * @throws http-unauthorised when the answer is one to a stranger
 */
export async function askIdentity(client: JsonClient): Promise<JenkinsIdentity> {
  const answer = await client.get("whoAmI/api/json");
  const { name, anonymous } = parseAnswer(WhoAmI, answer);
  if (anonymous === true) {
    throw new TickmarkError(
      "http-unauthorised",
      `${client.baseUrl.host} answered as to a stranger.`,
      "Check the login and its API token, then try again.",
    );
  }
  return {
    identity: name,
    access: "rights not told",
    canWrite: null,
    notes: [
      "Jenkins does not tell what a token may do; ask for an account that has only the rights Overall/Read and Job/Read.",
      ...(isUnencrypted(client.baseUrl)
        ? [`The answers of ${client.baseUrl.host} came without encryption, so they could have been changed on the way.`]
        : []),
    ],
    answers: [answer],
  };
}
