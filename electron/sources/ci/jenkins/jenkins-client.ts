import type { SourceOf } from "../../../../shared/model/source.ts";
import type { HttpLimits } from "../../http/http-limits.ts";
import type { JsonClient, JsonClientOptions } from "../../http/json-client.ts";
import { createSourceClient } from "../../http/source-client.ts";
import type { AskingContext } from "../../source-driver.ts";

/** Jenkins asks for a crumb only where something is changed, so reading never needs one. @throws secret-missing, source-invalid */
export function createJenkinsClient(
  source: SourceOf<"jenkins">,
  context: AskingContext,
  limits: HttpLimits,
  onWait?: JsonClientOptions["onWait"],
): JsonClient {
  const secret = `${source.user}:${context.readSecret(source.token)}`;
  return createSourceClient(source, context, limits, {
    baseUrl: source.siteUrl,
    headers: {
      "authorization": `Basic ${Buffer.from(secret, "utf-8").toString("base64")}`,
    },
    onWait,
  });
}

/** Path of a job below the server's address: `team/ledger` is `job/team/job/ledger`. */
export function jobPath(job: string): string {
  return job
    .split("/")
    .map((name) => `job/${encodeURIComponent(name)}`)
    .join("/");
}

const fields =
  "number,timestamp,duration,building,result,url,fullDisplayName," +
  "actions[_class,causes[_class,shortDescription,userId],lastBuiltRevision[SHA1,branch[name]],remoteUrls]";

/** What is asked of a build: Jenkins gives exactly what a `tree` names. */
export const buildTree = fields;
export const buildsPerPage = 100;

export function pageTree(page: number): string {
  const from = page * buildsPerPage;
  return `fullName,nextBuildNumber,allBuilds[${fields}]{${from},${from + buildsPerPage}}`;
}
