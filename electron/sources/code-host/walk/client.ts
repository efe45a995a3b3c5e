import type { NetworkSettings } from "../../../../shared/model/network-settings.ts";
import { createJsonClient, type JsonClient, type JsonClientOptions } from "../../http/json-client.ts";
import type { HostConnection } from "./host-driver.ts";

/** The client of a code host. @param authorization value of the header that holds the token */
export function connectHost(
  { context, limits, options }: HostConnection,
  baseUrl: string,
  network: NetworkSettings,
  authorization: string,
  more: Pick<JsonClientOptions, "prefix" | "refuse"> = {},
): JsonClient {
  return createJsonClient({
    baseUrl,
    headers: { authorization, "accept": "application/json", "user-agent": "Tickmark" },
    limits,
    signal: context.signal,
    network,
    baseFolder: context.baseFolder,
    ...options,
    ...more,
  });
}

export function basic(user: string, secret: string): string {
  return `Basic ${Buffer.from(`${user}:${secret}`, "utf-8").toString("base64")}`;
}
