import { faultOf } from "../../../shared/errors.ts";
import type { ConnectionTest } from "../../../shared/model/pull.ts";
import type { SourceOf } from "../../../shared/model/source.ts";
import type { JsonAnswer } from "../http/attempt.ts";
import { type JsonClient, parseAnswer } from "../http/json-client.ts";
import { isUnencrypted } from "../http/public-url.ts";
import { apiPath } from "./jira-pull.ts";
import { accountOf, Myself, Permissions } from "./jira-shapes.ts";

/** Rights that change tickets. A reader needs none of them. */
const writing = ["CREATE_ISSUES", "EDIT_ISSUES", "TRANSITION_ISSUES", "ADMINISTER_PROJECTS"];

/** Who asks, as Jira knows the account, and with what rights. */
export interface JiraIdentity extends ConnectionTest {
  /** The account's id, which never changes. */
  readonly account: string;
  readonly answers: readonly JsonAnswer[];
}

export async function askIdentity(client: JsonClient, source: SourceOf<"jira">): Promise<JiraIdentity> {
  const answer = await client.get(apiPath(source, "myself"));
  const myself = parseAnswer(Myself, answer);
  const account = accountOf(myself);
  const rights = await askRights(client, source);
  const notes = isUnencrypted(client.baseUrl)
    ? [`The answers of ${client.baseUrl.host} came without encryption, so they could have been changed on the way.`]
    : [];
  return {
    account,
    identity: myself.displayName === undefined ? account : `${myself.displayName} (${account})`,
    access:
      rights.granted === null
        ? "rights not told"
        : `rights that change tickets: ${rights.granted.join("; ") || "none"}`,
    canWrite: rights.granted === null ? null : rights.granted.length > 0,
    notes,
    answers: [answer, ...rights.answers],
  };
}

/** The writing rights in each project; null when the server does not tell. */
async function askRights(client: JsonClient, source: SourceOf<"jira">) {
  const granted: string[] = [];
  const answers: JsonAnswer[] = [];
  try {
    for (const projectKey of source.projects) {
      const answer = await client.get(apiPath(source, "mypermissions"), { projectKey, permissions: writing.join(",") });
      answers.push(answer);
      const { permissions } = parseAnswer(Permissions, answer);
      const had = writing.filter((name) => permissions[name]?.havePermission === true);
      if (had.length > 0) granted.push(`${projectKey}: ${had.join(", ")}`);
    }
    return { granted, answers };
  } catch (thrown) {
    // Rights are told as a service to the reader; whether the tickets can be read shows when they are.
    const { code } = faultOf(thrown);
    if (code !== "http-not-found" && code !== "http-forbidden" && code !== "http-unexpected-status") throw thrown;
    return { granted: null, answers };
  }
}
