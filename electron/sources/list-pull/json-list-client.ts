import type { NetworkSettings } from "../../../shared/model/network-settings.ts";
import type { HttpLimits } from "../http/http-limits.ts";
import { createJsonClient, type JsonClientOptions, type Query } from "../http/json-client.ts";
import type { AskingContext, ListClient } from "./list-tool.ts";

/** A client for a tool that is asked with GET. @param headers hold the token */
export function createJsonListClient(
  source: NetworkSettings & { readonly apiUrl: string },
  headers: Readonly<Record<string, string>>,
  context: AskingContext,
  limits: HttpLimits,
  onWait?: JsonClientOptions["onWait"],
): ListClient {
  const client = createJsonClient({
    baseUrl: source.apiUrl,
    headers: { "accept": "application/json", "user-agent": "Tickmark", ...headers },
    limits,
    signal: context.signal,
    network: source,
    baseFolder: context.baseFolder,
    earlier: (asked) => context.earlier?.(asked) ?? null,
    ...(onWait ? { onWait } : {}),
  });
  // Questions of these tools hold single values only.
  return { host: client.baseUrl.host, ask: ({ path, query }) => client.get(path, query as Query) };
}
