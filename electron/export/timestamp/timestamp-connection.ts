import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { TickmarkError } from "../../../shared/errors.ts";

// A token with its certificates takes a few kilobytes.
const maxReplySize = 1 << 20;

/**
 * Sends a request to a timestamp authority over HTTP (RFC 3161, 3.4) and takes its answer, unread. Plain HTTP is usual there
 * and enough: the request holds a digest and nothing else, and the answer is signed. No redirect is followed. A proxy is used
 * where HTTP_PROXY, HTTPS_PROXY and NO_PROXY name one.
 *
 * @throws TickmarkError `usage` for what is no address, `timestamp-unavailable`
 */
export async function postRequest(
  url: string,
  der: Buffer,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Buffer> {
  const address = parseAddress(url);
  const limit = AbortSignal.timeout(timeoutMs);
  const secure = address.protocol === "https:";
  const options = { proxyEnv: process.env };
  const agent = secure ? new HttpsAgent(options) : new HttpAgent(options);
  try {
    const response = await send(secure ? httpsRequest : httpRequest, address, der, {
      agent,
      signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
    });
    return await readAnswer(response, url);
  } catch (cause) {
    if (cause instanceof TickmarkError) throw cause;
    if (signal?.aborted)
      throw new TickmarkError("cancelled", "The timestamp was cancelled.", "Ask for it again later.");
    const reason = limit.aborted
      ? `did not answer within ${timeoutMs / 1000} seconds`
      : `cannot be reached${codeOf(cause)}`;
    throw unavailable(url, reason, cause);
  } finally {
    agent.destroy();
  }
}

/** @throws TickmarkError `usage` */
export function parseAddress(url: string): URL {
  const address = URL.canParse(url) ? new URL(url) : null;
  const isHttp = address?.protocol === "http:" || address?.protocol === "https:";
  // A password in an address ends up in logs and in the list of processes.
  if (address !== null && isHttp && address.username === "" && address.password === "") return address;
  const message = `${JSON.stringify(url.slice(0, 200))} is no address of a timestamp authority.`;
  throw new TickmarkError(
    "usage",
    message,
    "Give one such as http://tsa.example.org/tsr, without a name or password in it.",
  );
}

function send(
  request: typeof httpRequest,
  address: URL,
  der: Buffer,
  options: { agent: HttpAgent; signal: AbortSignal },
): Promise<IncomingMessage> {
  const headers = {
    "Content-Type": "application/timestamp-query",
    "Content-Length": der.length,
    "Accept": "application/timestamp-reply",
  };
  return new Promise((resolve, reject) => {
    request(address, { ...options, method: "POST", headers }, resolve)
      .on("error", reject)
      .end(der);
  });
}

async function readAnswer(response: IncomingMessage, url: string): Promise<Buffer> {
  if (response.statusCode !== 200) {
    response.destroy();
    throw unavailable(url, `answered with status ${response.statusCode}`);
  }
  const type = response.headers["content-type"]?.split(";")[0]?.trim().toLowerCase() ?? "nothing";
  if (type !== "application/timestamp-reply") {
    response.destroy();
    throw unavailable(url, `answered with ${JSON.stringify(type.slice(0, 100))} and not with a timestamp`);
  }
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of response) {
    pieces.push(piece);
    size += piece.length;
    if (size > maxReplySize) throw unavailable(url, `answered with more than ${maxReplySize} bytes`);
  }
  return Buffer.concat(pieces);
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
}

function unavailable(url: string, reason: string, cause?: unknown): TickmarkError {
  return new TickmarkError(
    "timestamp-unavailable",
    `The timestamp authority ${url} ${reason}.`,
    "The signature holds without a timestamp; add one later with `tickmark timestamp`.",
    cause === undefined ? undefined : { cause },
  );
}
