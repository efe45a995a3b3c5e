import { createHmac, hash } from "node:crypto";

/** Keys of an AWS account. */
export interface AccessKey {
  readonly id: string;
  readonly secret: string;
  /** Goes with keys that expire. */
  readonly session?: string;
}

export interface SignedRequest {
  readonly method: string;
  readonly url: URL;
  /** Names in lower case. All of them are signed. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly region: string;
  readonly service: string;
  /** `YYYYMMDDTHHMMSSZ` */
  readonly at: string;
}

/**
 * The `authorization` header of a request by AWS Signature Version 4 (IAM User Guide, "Create a signed AWS API
 * request"): the secret signs the request and is not sent.
 */
export function signRequest(key: AccessKey, request: SignedRequest): string {
  const { at, region, service } = request;
  const day = at.slice(0, 8);
  const scope = `${day}/${region}/${service}/aws4_request`;
  const canonical = canonicalRequest(request);
  const toSign = ["AWS4-HMAC-SHA256", at, scope, hash("sha256", canonical)].join("\n");
  const signing = [day, region, service, "aws4_request"].reduce<Buffer>(
    (above, part) => hmac(above, part),
    Buffer.from(`AWS4${key.secret}`),
  );
  const signature = hmac(signing, toSign).toString("hex");
  return `AWS4-HMAC-SHA256 Credential=${key.id}/${scope}, SignedHeaders=${signedNames(request)}, Signature=${signature}`;
}

/** A request in the one spelling that both sides sign. */
export function canonicalRequest(request: SignedRequest): string {
  const { method, url, headers, body } = request;
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${(headers[name] ?? "").trim().replace(/ +/g, " ")}\n`);
  return [method, url.pathname, canonicalQuery(url), lines.join(""), signedNames(request), hash("sha256", body)].join(
    "\n",
  );
}

function signedNames({ headers }: SignedRequest): string {
  return Object.keys(headers).sort().join(";");
}

function canonicalQuery(url: URL): string {
  const pairs = [...url.searchParams].map(([name, value]) => `${encode(name)}=${encode(value)}`);
  return pairs.sort().join("&");
}

/** RFC 3986: everything but unreserved characters. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
