import { TickmarkError } from "../../../../shared/errors.ts";
import type { SourceOf } from "../../../../shared/model/source.ts";
import { createAgents } from "../../http/agents.ts";
import type { HttpLimits } from "../../http/http-limits.ts";
import { type JsonClientOptions, waitBeforeNext } from "../../http/json-client.ts";
import { attemptGet } from "../../http/one-attempt.ts";
import { parseBaseUrl } from "../../http/public-url.ts";
import type { ListClient } from "../../list-pull/list-tool.ts";
import type { AskingContext } from "../../source-driver.ts";
import { type AccessKey, signRequest } from "./request-signature.ts";

/** The verbs of CodeDeploy that read. AWS sends every verb with POST; no other verb can be asked here. */
export const readingVerbs = ["ListDeploymentGroups", "ListDeployments", "BatchGetDeployments"] as const;

/** Asks CodeDeploy, each question signed for itself. @throws secret-missing, source-invalid */
export function createCodedeployClient(
  source: SourceOf<"codedeploy">,
  context: AskingContext,
  limits: HttpLimits,
  onWait?: JsonClientOptions["onWait"],
): ListClient {
  const key = readAccessKey(context.readSecret(source.token));
  const url = parseBaseUrl(source.apiUrl ?? `https://codedeploy.${source.region}.amazonaws.com/`);
  const { signal } = context;
  const agents = createAgents(source, context.baseFolder);
  return {
    host: url.host,
    asked: ({ path, query }) => `POST ${url.href} CodeDeploy_20141006.${path} ${JSON.stringify(query)}`,
    async ask({ path, query }) {
      if (!readingVerbs.some((verb) => verb === path)) throw new Error(`${path} is no verb that reads`);
      const question = JSON.stringify(query);
      for (let attempts = 1; ; attempts++) {
        const headers = signedHeaders(key, source.region, url, path, question);
        const attempt = await attemptGet(url, headers, { agents, limits, signal, question, statusOf });
        if ("answer" in attempt) return { ...attempt.answer, url: `${url.href}#${path}-${question}`, attempts };
        if ("fault" in attempt)
          await waitBeforeNext(attempt, attempts, { limits, signal, ...(onWait ? { onWait } : {}) });
      }
    },
  };
}

function signedHeaders(key: AccessKey, region: string, url: URL, verb: string, body: string): Record<string, string> {
  const at = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const headers = {
    "content-type": "application/x-amz-json-1.1",
    "host": url.host,
    "x-amz-date": at,
    "x-amz-target": `CodeDeploy_20141006.${verb}`,
    ...(key.session === undefined ? {} : { "x-amz-security-token": key.session }),
  };
  const authorization = signRequest(key, { method: "POST", url, headers, body, region, service: "codedeploy", at });
  return { ...headers, authorization, "user-agent": "Tickmark" };
}

/** @param secret `ID:SECRET` or `ID:SECRET:SESSION` @throws source-invalid */
export function readAccessKey(secret: string): AccessKey {
  const [, id, key, session] = /^([A-Z0-9]{16,128}):([^:\s]{20,}?)(?::(\S+))?$/.exec(secret.trim()) ?? [];
  if (id !== undefined && key !== undefined) return { id, secret: key, ...(session === undefined ? {} : { session }) };
  throw new TickmarkError(
    "source-invalid",
    "What the source's token place holds is no access key of AWS.",
    "Keep it as ACCESS-KEY-ID:SECRET-ACCESS-KEY, with :SESSION-TOKEN after it for keys that expire.",
  );
}

/** CodeDeploy answers 400 to nearly everything that it refuses, and says why in `__type`. */
function statusOf(status: number, text: string): number {
  const type = /"__type"\s*:\s*"(?:[^"#]*#)?(\w+)"/.exec(text)?.[1] ?? "";
  if (/^(UnrecognizedClient|ExpiredToken|InvalidSignature|IncompleteSignature|MissingAuthentication)/.test(type))
    return 401;
  if (/^AccessDenied/.test(type)) return 403;
  if (/^Throttling|LimitExceeded/.test(type)) return 429;
  return /DoesNotExistException$/.test(type) ? 404 : status;
}
