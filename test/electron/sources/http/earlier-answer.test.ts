import { expect, it } from "vitest";
import { createJsonClient } from "../../../../electron/sources/http/json-client.ts";
import { keepAnswer } from "../../../../electron/sources/http/kept-answer.ts";
import type { EarlierAnswer } from "../../../../electron/sources/source-driver.ts";
import { quickLimits } from "../code-host/fake-github.ts";
import { type Handler, sendJson, startServer } from "./loopback-server.ts";

const now = "2026-01-05T09:00:00.000Z";

async function clientOf(handler: Handler, earlier: Record<string, EarlierAnswer>, prefix?: string) {
  const server = await startServer(handler);
  const client = createJsonClient({
    baseUrl: server.url,
    headers: {},
    limits: quickLimits,
    signal: new AbortController().signal,
    earlier: (asked) => earlier[asked.replace(server.url, "")] ?? null,
    ...(prefix === undefined ? {} : { prefix }),
  });
  return { client, server };
}

function earlierOf(text: string, headers: Record<string, string>): EarlierAnswer {
  return { headers, read: () => Buffer.from(text) };
}

it("an answer that the server calls unchanged is the earlier one, byte for byte, with what it said of the next page", async () => {
  const link = '<https://example.test/?page=2>; rel="next"';
  const { client, server } = await clientOf(
    (seen, response) => {
      if (seen.headers["if-none-match"] === '"one"')
        response.writeHead(304, { date: "Mon, 05 Jan 2026 08:00:00 GMT" }).end();
      else sendJson(response, { new: true });
    },
    { "GET /reviews?page=1": earlierOf('[ {"id": 7} ]', { etag: '"one"', link }) },
  );
  const answer = await client.get("reviews", { page: 1 });
  expect(Buffer.from(answer.bytes).toString()).toBe('[ {"id": 7} ]');
  expect(answer).toMatchObject({ status: 304, json: [{ id: 7 }], attempts: 1 });
  const { record, request } = keepAnswer(answer, "github.reviews", now, 1);
  expect(request).toMatchObject({
    status: 304,
    headers: { etag: '"one"', link },
    serverDate: "Mon, 05 Jan 2026 08:00:00 GMT",
  });
  expect(Buffer.from(record.bytes).toString()).toBe('[ {"id": 7} ]');
  expect((await client.get("other")).status).toBe(200);
  expect(server.seen.map(({ headers }) => headers["if-none-match"])).toEqual(['"one"', undefined]);
});

it("where the server gives no ETag, the time of its last change is asked for", async () => {
  const { client } = await clientOf(
    (seen, response) => {
      response.writeHead(seen.headers["if-modified-since"] === "Mon, 01 Dec 2025 00:00:00 GMT" ? 304 : 500).end();
    },
    { "GET /user": earlierOf("{}", { "last-modified": "Mon, 01 Dec 2025 00:00:00 GMT" }) },
  );
  expect((await client.get("user")).status).toBe(304);
});

it("an answer that changed replaces the earlier one", async () => {
  const { client } = await clientOf(
    (_seen, response) => sendJson(response, { now: 2 }, { headers: { etag: '"two"' } }),
    {
      "GET /user": earlierOf('{"now":1}', { etag: '"one"' }),
    },
  );
  const answer = await client.get("user");
  expect(answer).toMatchObject({ status: 200, json: { now: 2 } });
  expect(keepAnswer(answer, "github.other", now).request.headers).toEqual({ etag: '"two"' });
});

it("a server that says unchanged without having been asked is not believed", async () => {
  const { client } = await clientOf((_seen, response) => void response.writeHead(304).end(), {});
  await expect(client.get("user")).rejects.toMatchObject({ code: "http-unexpected-status" });
});

it("what Gerrit puts before its JSON is no part of it, and stays in the bytes", async () => {
  const text = ')]}\'\n{"name":"shop"}';
  const { client } = await clientOf((_seen, response) => void response.end(text), {}, ")]}'");
  const answer = await client.get("user");
  expect(answer.json).toEqual({ name: "shop" });
  expect(Buffer.from(answer.bytes).toString()).toBe(text);
});
