import type { NetworkSettings } from "../../../shared/model/network-settings.ts";
import type { AskingContext } from "../source-driver.ts";
import type { HttpLimits } from "./http-limits.ts";
import { createJsonClient, type JsonClient, type JsonClientOptions } from "./json-client.ts";

/**
 * A client for a source's host: reached as the source says, and asked only for what changed since the pull before.
 * @param headers those that the host wants besides; they hold the token
 * @throws source-invalid
 */
export function createSourceClient(
  source: NetworkSettings,
  context: AskingContext,
  limits: HttpLimits,
  {
    headers,
    onWait,
    ...options
  }: Pick<JsonClientOptions, "baseUrl" | "headers" | "refuse"> & {
    readonly onWait?: JsonClientOptions["onWait"] | undefined;
  },
): JsonClient {
  return createJsonClient({
    headers: { "accept": "application/json", "user-agent": "Tickmark", ...headers },
    limits,
    signal: context.signal,
    network: source,
    baseFolder: context.baseFolder,
    earlier: (asked) => context.earlier?.(asked) ?? null,
    ...options,
    ...(onWait ? { onWait } : {}),
  });
}
