import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { pipeline, type Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import type { Agents } from "./agents.ts";

/** An answer whose body is still on its way. */
export interface OpenAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The body after content-decoding; reading it fails when it ends before it is complete. */
  readonly body: Readable;
}

/**
 * Sends one GET: a source is only ever read.
 * @param question body for an API whose reading verbs are sent with POST, as those of AWS are; nothing else sends one
 */
export function sendGet(
  url: URL,
  headers: Readonly<Record<string, string>>,
  agents: Agents,
  signal: AbortSignal,
  question?: string,
): Promise<OpenAnswer> {
  return new Promise((resolve, reject) => {
    const options = {
      method: question === undefined ? "GET" : "POST",
      headers: { "accept-encoding": "gzip, deflate, br", ...headers },
      signal,
    };
    const sent =
      url.protocol === "https:"
        ? requestHttps(url, { ...options, agent: agents.https })
        : requestHttp(url, { ...options, agent: agents.http });
    sent.on("error", reject);
    sent.on("response", (message) =>
      resolve({ status: message.statusCode ?? 0, headers: headersOf(message), body: decode(message) }),
    );
    sent.end(question);
  });
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) headers.append(rawHeaders[at] ?? "", rawHeaders[at + 1] ?? "");
  return headers;
}

function decode(message: IncomingMessage): Readable {
  const unpack = unpacker(message.headers["content-encoding"]?.trim().toLowerCase() ?? "");
  // An error on either side destroys both, and whoever reads meets it.
  return unpack === null ? message : pipeline(message, unpack, () => undefined);
}

// Each piece goes through a thread of the pool and back: in Node's own pieces of 16 KB a page takes twice the time.
const pieces = { chunkSize: 64 * 1024 };

function unpacker(encoding: string) {
  if (encoding === "gzip" || encoding === "x-gzip") return createGunzip(pieces);
  if (encoding === "deflate") return createInflate(pieces);
  return encoding === "br" ? createBrotliDecompress(pieces) : null;
}
