import type { ServerResponse } from "node:http";
import { createListDriver } from "../../../../electron/sources/list-pull/list-driver.ts";
import type { ListTool } from "../../../../electron/sources/list-pull/list-tool.ts";
import type { SourceDriver } from "../../../../electron/sources/source-driver.ts";
import { readEvidence } from "../../../../shared/facts/evidence-reading.ts";
import { Fact, type FactKind, type FactOf } from "../../../../shared/model/facts.ts";
import { Source, type SourceKind, type SourceOf } from "../../../../shared/model/source.ts";
import { quickLimits } from "../code-host/fake-github.ts";
import { type LoopbackServer, type SeenRequest, sendJson, startServer } from "../http/loopback-server.ts";
import type { PullDouble } from "../pull-double.ts";

export const toolToken = "token-that-nobody-may-see";

/** What a tool on loopback answers: JSON, a status, or both. */
export type Answer = { readonly status?: number; readonly headers?: Record<string, string>; readonly body: unknown };

/** A tool on loopback, its driver with short waits, and a source that leads there. */
export async function startTool<K extends SourceKind>(
  tool: ListTool<K>,
  fields: Record<string, unknown>,
  answer: (seen: SeenRequest) => Answer | null,
  isKnown: (seen: SeenRequest) => boolean = ({ headers }) => headers.authorization === `Bearer ${toolToken}`,
): Promise<{ driver: SourceDriver<K>; source: SourceOf<K>; server: LoopbackServer }> {
  const server = await startServer((seen, response: ServerResponse) => {
    if (!isKnown(seen)) return sendJson(response, { message: "who are you" }, { status: 401 });
    const { body, ...rest } = answer(seen) ?? { body: { message: "nothing here" }, status: 404 };
    sendJson(response, body, rest);
  });
  const token = { in: "environment", name: "UNUSED" };
  const source = Source.parse({
    id: "tool",
    kind: tool.kind,
    repository: "shop",
    apiUrl: server.url,
    token,
    ...fields,
  });
  return { driver: createListDriver(tool, quickLimits), source: source as SourceOf<K>, server };
}

/** Facts of a kind in everything that a pull stored, each held against its schema. */
export function factsOf<K extends FactKind>(
  { records }: Pick<PullDouble, "records">,
  source: Source,
  kind: K,
): FactOf<K>[] {
  const facts = records.flatMap(({ bytes, format, locator, reading }) => {
    const input = { bytes, format, locator, sha256: "a".repeat(64), sourceId: source.id };
    return readEvidence(reading === undefined ? input : { ...input, reading }, source).facts;
  });
  return facts.map((fact) => Fact.parse(fact)).filter((fact): fact is FactOf<K> => fact.kind === kind);
}
