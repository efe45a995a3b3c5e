import type { SourceOf } from "../../../../shared/model/source.ts";
import type { JsonAnswer } from "../../http/attempt.ts";
import type { HttpLimits } from "../../http/http-limits.ts";
import { createJsonClient, type JsonClient, type JsonClientOptions, type Query } from "../../http/json-client.ts";
import type { PullContext, SourceContext } from "../../source-driver.ts";

export const buildsPerPage = 200;

export interface AzureClient extends JsonClient {
  /** @param path below `/{project}/_apis/`, without a leading slash */
  getOfProject(path: string, query?: Query): Promise<JsonAnswer>;
}

/** @throws secret-missing, source-invalid */
export function createAzureClient(
  source: SourceOf<"azure-pipelines">,
  context: SourceContext & Partial<Pick<PullContext, "earlier">>,
  limits: HttpLimits,
  onWait?: JsonClientOptions["onWait"],
): AzureClient {
  const client = createJsonClient({
    baseUrl: source.organisationUrl,
    headers: {
      // A personal access token goes as the password of nobody.
      "authorization": `Basic ${Buffer.from(`:${context.readSecret(source.token)}`, "utf-8").toString("base64")}`,
      "accept": "application/json",
      // Without it a wrong token is answered with a sign-in page.
      "x-tfs-fedauthredirect": "Suppress",
      "user-agent": "Tickmark",
    },
    limits,
    signal: context.signal,
    network: source,
    baseFolder: context.baseFolder,
    earlier: (asked) => context.earlier?.(asked) ?? null,
    ...(onWait ? { onWait } : {}),
  });
  const project = encodeURIComponent(source.azureProject);
  return {
    ...client,
    getOfProject: (path, query = {}) => client.get(`${project}/_apis/${path}`, { ...query, "api-version": "7.1" }),
  };
}

/** Token of the next page; null at the end. */
export function nextToken({ headers }: JsonAnswer): string | null {
  return headers.get("x-ms-continuationtoken") || null;
}
