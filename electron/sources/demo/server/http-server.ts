import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Answerer, Asked, Reply } from "./reply.ts";

const mostBodyBytes = 64 * 1024;

export interface HttpServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves answers on a free port of 127.0.0.1. The process may end while it runs. */
export async function serve(answer: Answerer): Promise<HttpServer> {
  const server = await listen(handle(answer));
  return { url: addressOf(server), close: () => close(server) };
}

function handle(answer: Answerer) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
    const body = await readBody(request);
    if (body === null) {
      send(response, { status: 413, body: { message: "The request is too large." } }, false);
      return;
    }
    const isHead = request.method === "HEAD";
    const method = isHead ? "GET" : (request.method ?? "GET");
    const asked: Asked = { method, url, path: url.pathname, query: url.searchParams, headers: request.headers, body };
    send(response, answer(asked), isHead);
  };
}

/** Null when it is longer than any question to these systems. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > mostBodyBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function send(response: ServerResponse, { status, body, headers = {} }: Reply, isHead: boolean): void {
  const bytes = body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body));
  const type =
    body === undefined ? {} : { "Content-Type": "application/json; charset=utf-8", "Content-Length": bytes.length };
  response.writeHead(status, { ...headers, ...type });
  response.end(isHead ? undefined : bytes);
}

function listen(handler: (request: IncomingMessage, response: ServerResponse) => Promise<void>): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((request, response) => {
      // A client that goes away in the middle of its question is no fault of the server.
      handler(request, response).catch(() => response.destroy());
    });
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(server));
    server.unref();
  });
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
