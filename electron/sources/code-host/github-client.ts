import type { SourceOf } from "../../../shared/model/source.ts";
import type { JsonAnswer } from "../http/attempt.ts";
import type { HttpLimits } from "../http/http-limits.ts";
import { createJsonClient, type JsonClient, type JsonClientOptions, type Query } from "../http/json-client.ts";
import type { SourceContext } from "../source-driver.ts";

export const perPage = 100;

export interface GithubClient extends JsonClient {
  /** `repos/OWNER/NAME`, spelled for an address. */
  readonly repository: string;
  /** @param path below `/repos/OWNER/NAME`, without a leading slash */
  getOfRepository(path: string, query?: Query): Promise<JsonAnswer>;
}

/** @throws secret-missing, source-invalid */
export function createGithubClient(
  source: SourceOf<"github">,
  context: SourceContext,
  limits: HttpLimits,
  options: Pick<JsonClientOptions, "onWait" | "earlier"> = {},
): GithubClient {
  const client = createJsonClient({
    baseUrl: source.apiUrl,
    headers: {
      "authorization": `Bearer ${context.readSecret(source.token)}`,
      "accept": "application/vnd.github+json",
      "x-github-api-version": "2022-11-28",
      "user-agent": "Tickmark",
    },
    limits,
    signal: context.signal,
    network: source,
    baseFolder: context.baseFolder,
    ...options,
  });
  const repository = `repos/${source.project.split("/").map(encodeURIComponent).join("/")}`;
  return {
    ...client,
    repository,
    getOfRepository: (path, query) => client.get(path === "" ? repository : `${repository}/${path}`, query),
  };
}

/**
 * Whether another page follows. A page that is full is always followed by a question for the next one, even where
 * the server's `Link` names none: a list whose last page is full proves to nobody that it is whole.
 */
export function hasNextPage(answer: JsonAnswer, rows: number): boolean {
  return rows >= perPage || namesNextPage(answer);
}

export function namesNextPage(answer: JsonAnswer): boolean {
  return /;\s*rel="?next"?/.test(answer.headers.get("link") ?? "");
}
