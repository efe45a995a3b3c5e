import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { expect, it, vi } from "vitest";
import { type HttpLimits, pullLimits } from "../../../../electron/sources/http/http-limits.ts";
import { createJsonClient, type JsonClientOptions } from "../../../../electron/sources/http/json-client.ts";
import { createPageAhead } from "../../../../electron/sources/http/page-ahead.ts";
import { faultOf } from "../../../../shared/errors.ts";
import { instantOf } from "../../../../shared/model/instant.ts";
import { type Handler, type SeenRequest, sendJson, startServer } from "./loopback-server.ts";

const quick: HttpLimits = { ...pullLimits, timeoutMs: 2_000, attempts: 3, backoffMs: 1, longestBackoffMs: 2 };

async function pagesOf(handler: Handler = answerPage, changes: Partial<JsonClientOptions> = {}) {
  const server = await startServer(handler);
  const { signal } = new AbortController();
  const client = createJsonClient({ baseUrl: server.url, headers: {}, limits: quick, signal, ...changes });
  let clock = 0;
  const tick = () => {
    clock += 1;
    return instantOf(clock);
  };
  const pages = createPageAhead(client, tick);
  return {
    server,
    pages,
    /** Asks for a page and has the next one asked for ahead, where there is one. */
    get: (page: number, next: number | null = page + 1) =>
      pages.get("list", { page }, () => (next === null ? null : { page: next })),
    asked: () => server.seen.map(pageIn),
    tick,
  };
}

function answerPage(seen: SeenRequest, response: ServerResponse): void {
  sendJson(response, { page: pageIn(seen) });
}

function pageIn({ query }: SeenRequest): number {
  return Number(query.get("page"));
}

it("the next page is asked for while the one before is read, once, and given to whoever asks for it", async () => {
  const { get, asked } = await pagesOf();
  expect((await get(1)).answer.json).toEqual({ page: 1 });
  await vi.waitFor(() => expect(asked()).toEqual([1, 2]));
  const second = await get(2, null);
  expect(second.answer).toMatchObject({ json: { page: 2 }, attempts: 1 });
  expect(asked()).toEqual([1, 2]);
});

it("one page is ahead and never more, however long nobody takes it", async () => {
  const { get, asked } = await pagesOf();
  await get(1);
  await new Promise((later) => setTimeout(later, 50));
  expect(asked()).toEqual([1, 2]);
  await get(2);
  await vi.waitFor(() => expect(asked()).toEqual([1, 2, 3]));
});

it("the page that is ahead is given to nobody who asks for another one, and is given up", async () => {
  const gone = Promise.withResolvers<void>();
  const { get, asked } = await pagesOf((seen, response, request) => {
    if (pageIn(seen) !== 2) return answerPage(seen, response);
    void once(request.socket, "close").then(() => gone.resolve());
  });
  await get(1);
  await vi.waitFor(() => expect(asked()).toEqual([1, 2]));
  expect((await get(3, null)).answer.json).toEqual({ page: 3 });
  await gone.promise;
  expect(asked()).toEqual([1, 2, 3]);
});

it("a page that is ahead when the list is left is given up", async () => {
  const gone = Promise.withResolvers<void>();
  const { get, pages, asked } = await pagesOf((seen, response, request) => {
    if (pageIn(seen) !== 2) return answerPage(seen, response);
    void once(request.socket, "close").then(() => gone.resolve());
  });
  await get(1);
  await vi.waitFor(() => expect(asked()).toEqual([1, 2]));
  pages.abandon();
  await gone.promise;
});

it("what goes wrong with the page ahead is told to whoever asks for it, after all tries that may help", async () => {
  let failures = 1;
  const { get, asked } = await pagesOf((seen, response) => {
    if (pageIn(seen) === 1) answerPage(seen, response);
    else if (pageIn(seen) === 2 && failures-- > 0) sendJson(response, {}, { status: 503 });
    else if (pageIn(seen) === 2) answerPage(seen, response);
    else sendJson(response, {}, { status: 403 });
  });
  await get(1);
  await vi.waitFor(() => expect(asked()).toEqual([1, 2]));
  expect((await get(2)).answer).toMatchObject({ json: { page: 2 }, attempts: 2 });
  await vi.waitFor(() => expect(asked()).toEqual([1, 2, 2, 3]));
  expect(faultOf(await get(3).catch((thrown: unknown) => thrown)).code).toBe("http-forbidden");
});

it("a page that cannot be read is asked for again, and only then what it leads to", async () => {
  let cut = true;
  const { get, asked } = await pagesOf((seen, response) => {
    if (pageIn(seen) !== 1 || !cut) return answerPage(seen, response);
    cut = false;
    response.writeHead(200, { "content-type": "application/json" });
    response.end('{"page":');
  });
  expect((await get(1)).answer).toMatchObject({ json: { page: 1 }, attempts: 2 });
  expect((await get(2, null)).answer.json).toEqual({ page: 2 });
  expect(asked().filter((page) => page === 1)).toHaveLength(2);
});

it("the moment of a page is the one at which it came, not the one at which somebody took it", async () => {
  const { get, asked, tick } = await pagesOf();
  const first = await get(1);
  await vi.waitFor(() => expect(asked()).toEqual([1, 2]));
  await new Promise((later) => setTimeout(later, 50));
  const between = tick();
  const second = await get(2, null);
  expect(first.at < second.at && second.at < between).toBe(true);
});

it("nothing is asked ahead of a quota that the page before used up", async () => {
  const waits: string[] = [];
  const { get, pages, asked } = await pagesOf(
    (_seen, response) => sendJson(response, {}, { headers: { "retry-after": "60" } }),
    { onWait: (until) => waits.push(until) },
  );
  await get(1);
  await vi.waitFor(() => expect(waits).toHaveLength(1));
  expect(asked()).toEqual([1]);
  pages.abandon();
});
