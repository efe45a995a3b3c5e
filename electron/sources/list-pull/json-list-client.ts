import type { NetworkSettings } from "../../../shared/model/network-settings.ts";
import type { HttpLimits } from "../http/http-limits.ts";
import type { JsonClientOptions, Query } from "../http/json-client.ts";
import { createSourceClient } from "../http/source-client.ts";
import type { AskingContext } from "../source-driver.ts";
import type { ListClient } from "./list-tool.ts";

/** A client for a tool that is asked with GET. @param headers hold the token */
export function createJsonListClient(
  source: NetworkSettings & { readonly apiUrl: string },
  headers: Readonly<Record<string, string>>,
  context: AskingContext,
  limits: HttpLimits,
  onWait?: JsonClientOptions["onWait"],
): ListClient {
  const client = createSourceClient(source, context, limits, {
    baseUrl: source.apiUrl,
    headers,
    onWait,
  });
  // Questions of these tools hold single values only.
  return { host: client.baseUrl.host, ask: ({ path, query }) => client.get(path, query as Query) };
}
