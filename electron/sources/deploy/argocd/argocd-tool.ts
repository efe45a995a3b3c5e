import { z } from "zod";
import { faultOf } from "../../../../shared/errors.ts";
import { parseInstant } from "../../../../shared/model/instant.ts";
import type { SourceOf } from "../../../../shared/model/source.ts";
import { parseAnswer } from "../../http/json-client.ts";
import { createJsonListClient } from "../../list-pull/json-list-client.ts";
import { createListDriver } from "../../list-pull/list-driver.ts";
import type { Identity, ListClient, ListTool } from "../../list-pull/list-tool.ts";

const UserInfo = z.object({ loggedIn: z.boolean(), username: z.string().optional(), iss: z.string().optional() });
const MayI = z.object({ value: z.string() });
const Application = z.object({
  metadata: z.object({ name: z.string(), creationTimestamp: z.string().nullish() }),
  spec: z.object({ revisionHistoryLimit: z.int().nonnegative().nullish() }),
  status: z.object({ history: z.array(z.object({ id: z.number(), deployedAt: z.string() })).nullish() }).nullish(),
});

/** Argo CD keeps so many entries of an application's history where nothing else is set. */
const usualLimit = 10;

/** Applications of Argo CD: each with the syncs that it keeps. */
export const argocdTool: ListTool<"argocd"> = {
  kind: "argocd",
  name: "Argo CD",
  other: "deployment-tool.other",
  connect(source, context, limits, onWait) {
    const headers = { authorization: `Bearer ${context.readSecret(source.token)}` };
    return createJsonListClient(source, headers, context, limits, onWait);
  },
  identify,
  begin: ({ applications }) =>
    applications.map((name) => ({
      list: "syncs",
      path: `api/v1/applications/${encodeURIComponent(name)}`,
      query: {},
      format: "argocd.application" as const,
      memo: {},
    })),
  read(_question, answer) {
    const { metadata, spec, status } = parseAnswer(Application, answer);
    const history = status?.history ?? [];
    const times = history.flatMap(({ deployedAt }) => parseInstant(deployedAt) ?? []).sort();
    const keys = history.map(({ id }) => `${metadata.name}/${id}`);
    // Syncs are numbered from 0 on; the limit may have been lower when the first ones were dropped.
    const isCut =
      history.length >= (spec.revisionHistoryLimit ?? usualLimit) ||
      (history.length > 0 && history.every(({ id }) => id > 0));
    // One of the same name may have been there before, and taken its history with it.
    const made = parseInstant(metadata.creationTimestamp ?? "");
    if (!isCut) return { keys, ...(made === null ? {} : { reachesBackTo: made }) };
    const [oldest] = times;
    if (oldest !== undefined) return { keys, reachesBackTo: oldest };
    return {
      keys,
      hasGaps: true,
      notes: [`Argo CD keeps no history of ${metadata.name} from which its syncs could be told.`],
    };
  },
  describe: ({ apiUrl, applications }) => ({
    endpoint: `Argo CD at ${apiUrl}`,
    query: `The applications ${applications.join(", ")} with their history`,
  }),
  covers: ({ repository }) => [{ kind: "deployments", scope: repository }],
  remarks: [
    "Argo CD keeps the last syncs of an application that succeeded as a whole; of those that failed, or were of single resources only, it keeps the last operation alone.",
    "What an application of the same name did that was deleted is gone with it.",
  ],
};

export const argocdDriver = createListDriver(argocdTool);

async function identify(client: ListClient, { applications }: SourceOf<"argocd">): Promise<Identity> {
  const answer = await client.ask({ path: "api/v1/session/userinfo", query: {} });
  const { loggedIn, username = "", iss = "" } = parseAnswer(UserInfo, answer);
  const answers = [answer];
  const granted: string[] = [];
  try {
    for (const action of ["sync", "update", "delete"]) {
      const path = `api/v1/account/can-i/applications/${action}/*/${encodeURIComponent(applications[0] ?? "*")}`;
      const right = await client.ask({ path, query: {} });
      answers.push(right);
      if (parseAnswer(MayI, right).value === "yes") granted.push(action);
    }
  } catch (thrown) {
    const { code } = faultOf(thrown);
    if (code !== "http-not-found" && code !== "http-forbidden") throw thrown;
    return { account: username, identity: username, access: "rights not told", canWrite: null, notes: [], answers };
  }
  return {
    account: `${iss}/${username}`,
    identity: username,
    access: `rights on applications: ${["get", ...granted].join(", ")}`,
    canWrite: granted.length > 0,
    notes: loggedIn ? [] : ["Argo CD answered as to a stranger."],
    answers,
  };
}
