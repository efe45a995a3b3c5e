import type { ConnectionTest } from "../../../../shared/model/pull.ts";
import type { JsonAnswer } from "../../http/attempt.ts";
import { type JsonClient, parseAnswer } from "../../http/json-client.ts";
import { isUnencrypted } from "../../http/public-url.ts";
import { Me } from "./circleci-shapes.ts";

export interface CircleciIdentity extends ConnectionTest {
  readonly answers: readonly JsonAnswer[];
}

/** Who asks. A personal token of CircleCI carries all rights of its owner: there is none that may only read. */
export async function askIdentity(client: JsonClient): Promise<CircleciIdentity> {
  const answer = await client.get("me");
  const { login, name } = parseAnswer(Me, answer);
  return {
    identity: name ? `${name} (${login})` : login,
    access: "personal token: all rights of its owner",
    canWrite: true,
    notes: [
      "CircleCI's API v2 takes only personal tokens, which can do what their owner can; ask for an account that may only view the project.",
      ...(isUnencrypted(client.baseUrl)
        ? [`The answers of ${client.baseUrl.host} came without encryption, so they could have been changed on the way.`]
        : []),
    ],
    answers: [answer],
  };
}
