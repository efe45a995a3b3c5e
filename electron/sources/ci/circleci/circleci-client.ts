import type { SourceOf } from "../../../../shared/model/source.ts";
import type { HttpLimits } from "../../http/http-limits.ts";
import type { JsonClient, JsonClientOptions } from "../../http/json-client.ts";
import { createSourceClient } from "../../http/source-client.ts";
import type { AskingContext } from "../../source-driver.ts";

/** @throws secret-missing, source-invalid */
export function createCircleciClient(
  source: SourceOf<"circleci">,
  context: AskingContext,
  limits: HttpLimits,
  onWait?: JsonClientOptions["onWait"],
): JsonClient {
  return createSourceClient(source, context, limits, {
    baseUrl: source.apiUrl,
    headers: {
      "circle-token": context.readSecret(source.token),
    },
    onWait,
  });
}

export function projectPath(source: SourceOf<"circleci">): string {
  return `project/${source.projectSlug.split("/").map(encodeURIComponent).join("/")}`;
}
