import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { z } from "zod";
import { namesNextPage } from "../../../../electron/sources/code-host/github-client.ts";
import { pullLimits } from "../../../../electron/sources/http/http-limits.ts";
import { createJsonClient } from "../../../../electron/sources/http/json-client.ts";
import { describeRecorded } from "../../../recorded-data.ts";
import { sendJson, startServer } from "./loopback-server.ts";

const Exchange = z.object({
  method: z.string(),
  path: z.string(),
  status: z.number(),
  response: z.unknown(),
  rawHeaders: z.array(z.string()),
});

/** Serves recorded answers with their recorded headers, on this machine in place of GitHub. */
async function replay(bytes: Uint8Array) {
  const exchanges = z.array(Exchange).parse(JSON.parse(Buffer.from(bytes).toString()));
  const gets = exchanges.filter(({ method }) => method === "get");
  const server = await startServer((seen, response) => {
    const query = seen.query.size === 0 ? "" : `?${seen.query.toString()}`;
    const exchange = gets.find(({ path }) => path === `${seen.path}${query}`);
    const headers: Record<string, string> = {};
    for (let at = 0; at < (exchange?.rawHeaders.length ?? 0); at += 2) {
      const name = exchange?.rawHeaders[at]?.toLowerCase() ?? "";
      // The length and packing of the body are those of the way that it took when it was recorded.
      if (["content-length", "content-encoding", "transfer-encoding", "connection"].includes(name)) continue;
      headers[name] = (exchange?.rawHeaders[at + 1] ?? "").replaceAll("https://api.github.com", server.url);
    }
    sendJson(response, exchange?.response ?? {}, { status: exchange?.status ?? 404, headers });
  });
  const signal = new AbortController().signal;
  const client = createJsonClient({ baseUrl: server.url, headers: {}, limits: pullLimits, signal });
  return { client, gets, server };
}

describeRecorded("github-http", "recorded exchanges with GitHub", (folder) => {
  it("name their next page in each answer but the last", async () => {
    const { client, gets } = await replay(gunzipSync(readFileSync(join(folder, "paginate-issues.json.gz"))));
    const more: boolean[] = [];
    for (const { path } of gets) more.push(namesNextPage(await client.get(path.slice(1))));
    expect(more).toEqual([true, true, true, true, false]);
  });

  it("lead a renamed repository's old name to the new one on the same host", async () => {
    const { client, gets, server } = await replay(readFileSync(join(folder, "rename-repository.json")));
    const [renamed, found] = gets;
    const answer = await client.get(renamed?.path.slice(1) ?? "");
    expect(answer.redirectedTo).toBe(`${server.url}${found?.path}`);
    expect(answer.json).toEqual(found?.response);
  });
});
