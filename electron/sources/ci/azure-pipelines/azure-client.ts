import type { SourceOf } from "../../../../shared/model/source.ts";
import type { JsonAnswer } from "../../http/attempt.ts";
import type { HttpLimits } from "../../http/http-limits.ts";
import type { JsonClient, JsonClientOptions, Query } from "../../http/json-client.ts";
import { createSourceClient } from "../../http/source-client.ts";
import type { AskingContext } from "../../source-driver.ts";

export const buildsPerPage = 200;

export interface AzureClient extends JsonClient {
  /** @param path below `/{project}/_apis/`, without a leading slash */
  getOfProject(path: string, query?: Query): Promise<JsonAnswer>;
}

/** @throws secret-missing, source-invalid */
export function createAzureClient(
  source: SourceOf<"azure-pipelines">,
  context: AskingContext,
  limits: HttpLimits,
  onWait?: JsonClientOptions["onWait"],
): AzureClient {
  const client = createSourceClient(source, context, limits, {
    baseUrl: source.organisationUrl,
    headers: {
      // A personal access token goes as the password of nobody.
      "authorization": `Basic ${Buffer.from(`:${context.readSecret(source.token)}`, "utf-8").toString("base64")}`,
      // Without it a wrong token is answered with a sign-in page.
      "x-tfs-fedauthredirect": "Suppress",
    },
    onWait,
  });
  const project = encodeURIComponent(source.azureProject);
  return {
    ...client,
    getOfProject: (path, query = {}) => client.get(`${project}/_apis/${path}`, { "api-version": "7.1", ...query }),
  };
}

/** Token of the next page; null at the end. */
export function nextToken({ headers }: JsonAnswer): string | null {
  return headers.get("x-ms-continuationtoken") || null;
}
