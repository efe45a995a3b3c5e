import { once } from "node:events";
import { createServer } from "node:net";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { z } from "zod";
import { type HttpLimits, pullLimits } from "../../../../electron/sources/http/http-limits.ts";
import {
  createJsonClient,
  type JsonClientOptions,
  parseAnswer,
} from "../../../../electron/sources/http/json-client.ts";
import { faultOf } from "../../../../shared/errors.ts";
import { type Handler, sendJson, startServer } from "./loopback-server.ts";

const token = "ghp_TheSecretThatMustNeverShow";
const quick: HttpLimits = {
  ...pullLimits,
  timeoutMs: 2_000,
  attempts: 3,
  backoffMs: 1,
  longestBackoffMs: 2,
  longestWaitMs: 3_000,
};

function clientOf(baseUrl: string, changes: Partial<JsonClientOptions> = {}) {
  return createJsonClient({
    baseUrl,
    headers: { authorization: `Bearer ${token}` },
    limits: quick,
    signal: new AbortController().signal,
    ...changes,
  });
}

async function faultFrom(handler: Handler, changes: Partial<JsonClientOptions> = {}) {
  const server = await startServer(handler);
  const thrown = await clientOf(server.url, changes)
    .get("repos/o/r", { page: 2 })
    .then(
      () => null,
      (error: unknown) => error,
    );
  if (thrown === null) throw new Error("an answer came where a fault was expected");
  const fault = faultOf(thrown);
  expect(`${fault.message} ${fault.action}`).not.toContain(token);
  return { fault, server };
}

it("an answer keeps the bytes of the body as received, the status, the server's date and the number of tries", async () => {
  const body = '{ "a" : "ünïcode",\n "big": 12345678901234567890 }';
  const server = await startServer((_seen, response) => {
    response.writeHead(200, { "content-type": "application/json", "date": "Tue, 04 Mar 2025 09:00:00 GMT" });
    response.end(body);
  });
  const answer = await clientOf(server.url).get("user", { page: 1 });
  expect(Buffer.from(answer.bytes).toString()).toBe(body);
  expect(answer).toMatchObject({ url: `${server.url}/user?page=1`, status: 200, attempts: 1, redirectedTo: null });
  expect(answer.headers.get("date")).toBe("Tue, 04 Mar 2025 09:00:00 GMT");
});

it("a body that was packed for the way is kept as it was before packing", async () => {
  const body = JSON.stringify({ packed: "x".repeat(10_000) });
  const server = await startServer((_seen, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
    response.end(gzipSync(body));
  });
  expect(Buffer.from((await clientOf(server.url).get("user")).bytes).toString()).toBe(body);
});

it("a base address with a path of its own keeps it, as GitHub Enterprise needs", async () => {
  const server = await startServer((_seen, response) => sendJson(response, {}));
  await clientOf(`${server.url}/api/v3`).get("repos/o/r");
  expect(server.seen[0]?.path).toBe("/api/v3/repos/o/r");
});

it.each([
  [400, "http-unexpected-status"],
  [401, "http-unauthorised"],
  [403, "http-forbidden"],
  [404, "http-not-found"],
  [422, "http-unexpected-status"],
  [206, "http-unexpected-status"],
  [204, "http-unexpected-status"],
] as const)("status %i is the fault %s at once, naming the address without its query", async (status, code) => {
  const { fault, server } = await faultFrom((_seen, response) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(status === 204 ? undefined : '{"message":"Nope"}');
  });
  expect(fault.code).toBe(code);
  expect(fault.message).toContain(`${server.url}/repos/o/r`);
  expect(fault.message).not.toContain("page=2");
  expect(fault.message).toContain(String(status));
  expect(fault.action).not.toBe("");
  expect(server.seen).toHaveLength(1);
});

it("the server's own words are passed on as one short printable line", async () => {
  const message = `Bad credentials\\n\\u001b[31m${"long ".repeat(100)}`;
  const { fault } = await faultFrom((_seen, response) => {
    response.writeHead(401, { "content-type": "application/json" });
    response.end(`{"message":"${message}"}`);
  });
  expect(fault.message).toContain("Bad credentials");
  expect(fault.message).not.toMatch(/\p{Cc}/u);
  expect(fault.message.length).toBeLessThan(400);
});

it("a server that fails and then recovers is asked again, and the answer says how often", async () => {
  let asked = 0;
  const server = await startServer((_seen, response) => {
    asked += 1;
    sendJson(response, { asked }, { status: asked === 1 ? 500 : asked === 2 ? 503 : 200 });
  });
  const answer = await clientOf(server.url).get("user");
  expect(answer.json).toEqual({ asked: 3 });
  expect(answer.attempts).toBe(3);
});

it("a server that keeps failing is given up after the last try", async () => {
  const { fault, server } = await faultFrom((_seen, response) => sendJson(response, {}, { status: 502 }));
  expect(fault.code).toBe("http-server-error");
  expect(server.seen).toHaveLength(quick.attempts);
});

it("a connection that is reset is tried again", async () => {
  let asked = 0;
  const server = await startServer((_seen, response, request) => {
    asked += 1;
    if (asked === 1) request.socket.resetAndDestroy();
    else sendJson(response, { asked });
  });
  expect((await clientOf(server.url).get("user")).attempts).toBe(2);
});

it("an answer that does not come in time is a time-out, and so is one that comes byte by byte", async () => {
  const limits = { ...quick, timeoutMs: 500, attempts: 2 };
  const silent = await faultFrom(() => undefined, { limits });
  expect(silent.fault.code).toBe("http-timeout");
  expect(silent.server.seen).toHaveLength(2);
  const slow = await faultFrom(
    (_seen, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "100000" });
      const timer = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(timer));
    },
    { limits },
  );
  expect(slow.fault.code).toBe("http-timeout");
});

it("a body shorter than announced, one that breaks off and JSON without its end are truncated, never an answer", async () => {
  const cut = await faultFrom((_seen, response, request) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
    response.write('[{"a":1},');
    setImmediate(() => request.socket.destroy());
  });
  expect(cut.fault.code).toBe("http-truncated");
  const chunked = await faultFrom((_seen, response, request) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write('[{"a":1}]');
    setImmediate(() => request.socket.destroy());
  });
  expect(chunked.fault.code).toBe("http-truncated");
  const half = await faultFrom((_seen, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end('[{"a":1},{"b":');
  });
  expect(half.fault.code).toBe("http-truncated");
  expect(half.server.seen).toHaveLength(quick.attempts);
  const packed = await faultFrom((_seen, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
    response.end(gzipSync(JSON.stringify({ a: "x".repeat(1000) })).subarray(0, 20));
  });
  expect(packed.fault.code).toBe("http-truncated");
});

it("a web page in place of JSON is told as a login page or proxy, whatever type it claims", async () => {
  for (const type of ["text/html", "application/json"]) {
    const { fault, server } = await faultFrom((_seen, response) => {
      response.writeHead(200, { "content-type": type });
      response.end("<!doctype html><title>Sign in</title>");
    });
    expect(fault.code).toBe("http-not-json");
    expect(fault.message).toContain("login page");
    expect(server.seen).toHaveLength(1);
  }
});

it("a redirect on the same host is followed with the token, and told", async () => {
  const server = await startServer((seen, response) => {
    if (seen.path === "/repos/old/r") sendJson(response, {}, { status: 301, headers: { location: "/repositories/7" } });
    else sendJson(response, { moved: true });
  });
  const answer = await clientOf(server.url).get("repos/old/r");
  expect(answer.redirectedTo).toBe(`${server.url}/repositories/7`);
  expect(answer.url).toBe(`${server.url}/repos/old/r`);
  expect(server.seen[1]?.headers.authorization).toBe(`Bearer ${token}`);
});

it("a redirect to another host or port is a fault, and nothing is sent there", async () => {
  const other = await startServer((_seen, response) => sendJson(response, {}));
  const { fault } = await faultFrom((_seen, response) =>
    sendJson(response, {}, { status: 302, headers: { location: `${other.url}/login` } }),
  );
  expect(fault.code).toBe("http-redirected-away");
  expect(fault.message).toContain(other.url);
  expect(other.seen).toHaveLength(0);
});

it("redirects that go round in a circle end", async () => {
  const { fault } = await faultFrom((seen, response) =>
    sendJson(response, {}, { status: 302, headers: { location: seen.path } }),
  );
  expect(fault.code).toBe("http-unexpected-status");
});

it("a refusal with Retry-After is waited for and asked again", async () => {
  const waits: string[] = [];
  let refusedAt = 0;
  let early = 0;
  const server = await startServer((_seen, response) => {
    if (refusedAt === 0) {
      refusedAt = Date.now();
      sendJson(response, { message: "slow down" }, { status: 429, headers: { "retry-after": "1" } });
      return;
    }
    if (Date.now() - refusedAt < 990) early += 1;
    sendJson(response, {});
  });
  const answer = await clientOf(server.url, { onWait: (until) => waits.push(until) }).get("user");
  expect(answer.attempts).toBe(2);
  expect(early).toBe(0);
  expect(waits).toHaveLength(1);
});

it("a wait longer than allowed is not waited for: the fault says until when", async () => {
  const reset = Math.floor(Date.now() / 1000) + 7200;
  for (const status of [403, 429]) {
    const { fault, server } = await faultFrom((_seen, response) =>
      sendJson(
        response,
        { message: "API rate limit exceeded" },
        { status, headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(reset) } },
      ),
    );
    expect(fault.code).toBe("http-rate-limited");
    expect(fault.message).toContain(new Date(reset * 1000).toISOString().slice(0, 15));
    expect(server.seen).toHaveLength(1);
  }
});

it("a host that keeps refusing for its rate limit is given up as rate-limited, not as forbidden", async () => {
  const { fault, server } = await faultFrom((_seen, response) =>
    sendJson(response, {}, { status: 429, headers: { "retry-after": "0" } }),
  );
  expect(fault.code).toBe("http-rate-limited");
  expect(server.seen).toHaveLength(quick.attempts);
});

it("once an answer used up the quota, the next request waits for its return and is not refused first", async () => {
  let emptyUntil = 0;
  let early = 0;
  const server = await startServer((_seen, response) => {
    if (Date.now() < emptyUntil) early += 1;
    const left = emptyUntil === 0 ? 0 : 10;
    if (emptyUntil === 0) emptyUntil = Math.floor(Date.now() / 1000) * 1000 + 1000;
    const headers = { "x-ratelimit-remaining": String(left), "x-ratelimit-reset": String(emptyUntil / 1000) };
    sendJson(response, {}, { headers });
  });
  const client = clientOf(server.url);
  await client.get("one");
  await client.get("two");
  expect(early).toBe(0);
  expect(server.seen).toHaveLength(2);
});

it("stopping ends a wait and an open request at once as cancelled", async () => {
  const waiting = new AbortController();
  const wait = await faultFrom(
    (_seen, response) => {
      sendJson(response, {}, { status: 429, headers: { "retry-after": "2" } });
      setTimeout(() => waiting.abort(), 50);
    },
    { signal: waiting.signal },
  );
  expect(wait.fault.code).toBe("cancelled");
  const open = new AbortController();
  const request = await faultFrom(() => open.abort(), { signal: open.signal });
  expect(request.fault.code).toBe("cancelled");
});

it("a host that is not there is unreachable, each way in its own words", async () => {
  const closed = createServer().listen(0, "127.0.0.1");
  await once(closed, "listening");
  const address = closed.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  closed.close();
  await once(closed, "close");
  const refused = faultOf(
    await clientOf(`http://127.0.0.1:${port}`)
      .get("user")
      .catch((error: unknown) => error),
  );
  expect(refused).toMatchObject({ code: "http-unreachable", message: `127.0.0.1:${port} refuses connections.` });
  const unknown = faultOf(
    await clientOf("https://no-such-host.invalid")
      .get("user")
      .catch((error: unknown) => error),
  );
  expect(unknown.code).toBe("http-unreachable");
  expect(unknown.message).toContain("no-such-host.invalid");
});

it("https to a server without it says so", async () => {
  const server = await startServer((_seen, response) => sendJson(response, {}));
  const fault = faultOf(
    await clientOf(server.url.replace("http:", "https:"))
      .get("user")
      .catch((e: unknown) => e),
  );
  expect(fault.code).toBe("http-unreachable");
  expect(fault.message).toContain("TLS");
});

it("an answer without end is refused before it fills the memory", async () => {
  const { fault } = await faultFrom(
    (_seen, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const write = () => {
        while (response.writable && response.write("[1,".repeat(10_000))) {}
      };
      response.on("drain", write);
      write();
    },
    { limits: { ...quick, largestAnswerBytes: 100_000 } },
  );
  expect(fault.code).toBe("response-invalid");
});

it("an address that carries a secret or is no web address is refused, and the secret is not repeated", () => {
  for (const address of [`https://me:${token}@host`, `https://host/?token=${token}`, "ftp://host", "not an address"]) {
    const fault = faultOf(
      (() => {
        try {
          return clientOf(address);
        } catch (error) {
          return error;
        }
      })(),
    );
    expect(fault.code).toBe("source-invalid");
    expect(`${fault.message}${fault.action}`).not.toContain(token);
  }
});

it("JSON of another shape names the address and the place", async () => {
  const server = await startServer((_seen, response) => sendJson(response, [{ number: "1" }]));
  const answer = await clientOf(server.url).get("pulls");
  const parse = () => parseAnswer(z.array(z.object({ number: z.number() })), answer);
  expect(parse).toThrow(
    expect.objectContaining({ code: "response-invalid", message: expect.stringContaining("0/number") }),
  );
});

it("never sends anything but GET", async () => {
  let asked = 0;
  const server = await startServer((seen, response) => {
    asked += 1;
    if (seen.path === "/moved") sendJson(response, {}, { status: 307, headers: { location: "/here" } });
    else sendJson(response, {}, { status: asked % 2 === 0 ? 500 : 200 });
  });
  const client = clientOf(server.url);
  for (const path of ["user", "moved", "search/issues"]) await client.get(path);
  expect(new Set(server.seen.map((seen) => seen.method))).toEqual(new Set(["GET"]));
});
