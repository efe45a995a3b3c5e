import type { SourceOf } from "../../../../shared/model/source.ts";
import type { HttpLimits } from "../../http/http-limits.ts";
import { createJsonClient, type JsonClient, type JsonClientOptions } from "../../http/json-client.ts";
import type { PullContext, SourceContext } from "../../source-driver.ts";

/** @throws secret-missing, source-invalid */
export function createCircleciClient(
  source: SourceOf<"circleci">,
  context: SourceContext & Partial<Pick<PullContext, "earlier">>,
  limits: HttpLimits,
  onWait?: JsonClientOptions["onWait"],
): JsonClient {
  return createJsonClient({
    baseUrl: source.apiUrl,
    headers: {
      "circle-token": context.readSecret(source.token),
      "accept": "application/json",
      "user-agent": "Tickmark",
    },
    limits,
    signal: context.signal,
    network: source,
    baseFolder: context.baseFolder,
    earlier: (asked) => context.earlier?.(asked) ?? null,
    ...(onWait ? { onWait } : {}),
  });
}

export function projectPath(source: SourceOf<"circleci">): string {
  return `project/${source.projectSlug.split("/").map(encodeURIComponent).join("/")}`;
}
