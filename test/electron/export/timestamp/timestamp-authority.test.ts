import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { requestTimestamp, stampingBy } from "../../../../electron/export/timestamp/timestamp-authority.ts";
import { openssl, temporaryFolder } from "../real-tools.ts";
import { startTimestampServer, type TimestampServer, type TimestampServerOptions } from "../timestamp-server.ts";

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

const content = Buffer.from("what is stamped");
const sha256 = createHash("sha256").update(content).digest();

let server: TimestampServer;
afterEach(() => server.close());

async function start(options: TimestampServerOptions = {}): Promise<TimestampServer> {
  server = await startTimestampServer(options);
  return server;
}

describe("a timestamp from an authority", () => {
  test.each<[string, TimestampServerOptions]>([
    ["with P-256 and SHA-256", {}],
    ["with RSA and SHA-512", { key: ["-newkey", "rsa:3072"], digest: "sha512", certificateId: "sha512" }],
  ])("is accepted by openssl over what was stamped, and over nothing else (%s)", async (_name, options) => {
    const { url, rootPath } = await start(options);
    writeFileSync(folder.at("token.tst"), await requestTimestamp({ url }, sha256));
    writeFileSync(folder.at("content"), content);
    const verify = ["ts", "-verify", "-token_in", "-in", folder.at("token.tst"), "-CAfile", rootPath];
    expect(openssl([...verify, "-data", folder.at("content")])).toContain("Verification: OK");
    expect(() => openssl([...verify, "-digest", "00".repeat(32)])).toThrow(/message imprint mismatch/);
  });

  test("is given under the policy that was asked for", async () => {
    const { url } = await start();
    const token = await requestTimestamp({ url, policy: "1.2.3.4.2" }, sha256);
    writeFileSync(folder.at("token.tst"), token);
    const text = openssl(["ts", "-reply", "-token_in", "-in", folder.at("token.tst"), "-token_out", "-text"]);
    expect(text).toContain("Policy OID: 1.2.3.4.2");
  });
});

describe("an answer is refused", () => {
  const flip = (reply: Buffer, from: string): Buffer => {
    const at = reply.indexOf(Buffer.from(from, "hex"));
    const changed = Buffer.from(reply);
    changed[at + 4] = (changed[at + 4] ?? 0) ^ 1;
    return changed;
  };
  let earlier: Buffer | undefined;

  test.each<[string, TimestampServerOptions, string, RegExp]>([
    [
      "to another request",
      { answer: (query, reply) => (earlier ??= reply(query)) },
      "timestamp-invalid",
      /answers another request/,
    ],
    [
      "over another digest",
      { answer: (query, reply) => reply(replaceDigest(query)) },
      "timestamp-invalid",
      /is over something else/,
    ],
    [
      "changed on its way",
      { answer: (query, reply) => flip(reply(query), sha256.toString("hex")) },
      "timestamp-invalid",
      /is over other content/,
    ],
    [
      "that names the certificate by SHA-1",
      { certificateId: "sha1" },
      "timestamp-invalid",
      /does not bind the signer's certificate by SHA-256, but by SHA-1/,
    ],
    ["with a short key", { key: ["-newkey", "rsa:1024"] }, "timestamp-invalid", /key that is not accepted/],
    [
      "signed over SHA-1",
      { digest: "sha1" },
      "timestamp-invalid",
      /another digest than .*SHA-1 \(1\.3\.14\.3\.2\.26\)/,
    ],
    [
      "cut off",
      { answer: (query, reply) => reply(query).subarray(0, -5) },
      "timestamp-invalid",
      /cannot be read|missing/,
    ],
    [
      "with something behind it",
      { answer: (query, reply) => Buffer.concat([reply(query), Buffer.from([0])]) },
      "timestamp-invalid",
      /behind it/,
    ],
    ["that is none", { answer: () => Buffer.from("<html>") }, "timestamp-invalid", /cannot be read|behind it/],
  ])("%s", async (name, options, code, reason) => {
    const { url } = await start(options);
    if (name === "to another request") await requestTimestamp({ url }, sha256);
    const asking = requestTimestamp({ url }, sha256);
    await expect(asking).rejects.toMatchObject({ code });
    await expect(asking).rejects.toThrow(reason);
  });

  // openssl refuses to give such timestamps: it signs what it said with a certificate of another use instead.
  test.each([
    ["that is not for timestamps", "keyUsage=critical,digitalSignature", /not for timestamps alone/],
    ["that is for timestamps, but not critically", "extendedKeyUsage=timeStamping", /not for timestamps alone/],
    ["that may do more", "extendedKeyUsage=critical,timeStamping,emailProtection", /not for timestamps alone/],
  ])("by a certificate %s", async (_name, use, reason) => {
    const { url } = await start({ answer: (query, reply) => signedWith(use, reply(query)) });
    const asking = requestTimestamp({ url }, sha256);
    await expect(asking).rejects.toMatchObject({ code: "timestamp-invalid" });
    await expect(asking).rejects.toThrow(reason);
  });

  test("with the authority's own reason", async () => {
    const { url } = await start();
    const asking = requestTimestamp({ url, policy: "1.9.9" }, sha256);
    await expect(asking).rejects.toMatchObject({ code: "timestamp-refused" });
    await expect(asking).rejects.toThrow(/does not know the policy/);
  });
});

describe("an authority that does not answer", () => {
  test.each<[string, TimestampServerOptions, RegExp]>([
    [
      "with another status",
      { answer: (_query, _reply, response) => sent(response.writeHead(503).end()) },
      /status 503/,
    ],
    [
      "and sends elsewhere",
      {
        answer: (_query, _reply, response) => sent(response.writeHead(302, { Location: "http://127.0.0.1:1/" }).end()),
      },
      /status 302/,
    ],
    [
      "but a login page does",
      {
        answer: (_query, _reply, response) => sent(response.writeHead(200, { "Content-Type": "text/html" }).end("<p>")),
      },
      /answered with "text\/html"/,
    ],
    [
      "and does not stop",
      {
        answer: (_q, _r, response) => {
          response.writeHead(200, { "Content-Type": "application/timestamp-reply" });
          response.end(Buffer.alloc(2 << 20));
          return null;
        },
      },
      /more than/,
    ],
    ["at all", { answer: () => null }, /did not answer within 0.2 seconds/],
  ])("%s is said to be unavailable", async (_name, options, reason) => {
    const { url } = await start(options);
    const asking = requestTimestamp({ url }, sha256, { timeoutMs: 200 });
    await expect(asking).rejects.toMatchObject({ code: "timestamp-unavailable" });
    await expect(asking).rejects.toThrow(reason);
  });

  test("because nobody is there is said to be unreachable; the export goes on, and asks once", async () => {
    await start();
    const stamping = stampingBy({ url: `http://127.0.0.1:${await freePort()}/tsr` });
    expect(await stamping.stamp(sha256)).toBeNull();
    expect(await stamping.stamp(sha256)).toBeNull();
    expect(stamping.failure()).toMatchObject({
      code: "timestamp-unavailable",
      message: expect.stringContaining("cannot be reached (ECONNREFUSED)"),
    });
  });

  test("can be given up", async () => {
    const { url } = await start({ answer: () => null });
    const stop = new AbortController();
    const asking = requestTimestamp({ url }, sha256, { signal: stop.signal });
    stop.abort();
    await expect(asking).rejects.toMatchObject({ code: "cancelled" });
  });

  test("has an address that one can ask, without a password in it", async () => {
    await start();
    for (const url of ["", "tsa.example.org", "ftp://tsa.example.org/", "http://me:secret@tsa.example.org/"]) {
      expect(() => stampingBy({ url })).toThrow(expect.objectContaining({ code: "usage" }));
    }
    expect(() => stampingBy({ url: server.url, policy: "none" })).toThrow(expect.objectContaining({ code: "usage" }));
  });

  test("is asked through the proxy that the environment names", async () => {
    const { url } = await start();
    let asked = "";
    const proxy = createServer((socket) => {
      socket.once("data", (bytes) => {
        asked = bytes.toString("latin1").split("\r\n", 1)[0] ?? "";
        socket.end("HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\n\r\n");
      });
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    process.env.HTTP_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    try {
      await expect(requestTimestamp({ url }, sha256)).rejects.toThrow(/status 502/);
    } finally {
      delete process.env.HTTP_PROXY;
      proxy.close();
    }
    expect(asked).toContain(url);
  });
});

/** What an honest answer says, signed by somebody whose certificate has other uses. */
function signedWith(use: string, reply: Buffer): Buffer {
  const { timeStampToken } = pkijs.TimeStampResp.fromBER(new Uint8Array(reply).buffer);
  const said = new pkijs.SignedData({ schema: timeStampToken?.content }).encapContentInfo.eContent;
  writeFileSync(folder.at("info.der"), Buffer.from(said?.getValue() ?? new ArrayBuffer(0)));
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", folder.at("other.key")];
  openssl(["req", "-x509", ...key, "-subj", "/CN=Other", "-addext", use, "-out", folder.at("other.pem")]);
  const signer = ["-signer", folder.at("other.pem"), "-inkey", folder.at("other.key"), "-outform", "DER"];
  const content = ["-econtent_type", "1.2.840.113549.1.9.16.1.4", "-nodetach", "-in", folder.at("info.der")];
  const files = [...content, "-out", folder.at("other.tst")];
  openssl(["cms", "-sign", "-cades", "-md", "sha256", "-binary", ...signer, ...files]);
  const token = asn1js.fromBER(new Uint8Array(readFileSync(folder.at("other.tst"))).buffer).result;
  const status = new asn1js.Sequence({ value: [new asn1js.Integer({ value: 0 })] });
  return Buffer.from(new asn1js.Sequence({ value: [status, token] }).toBER());
}

/** The test answers by itself. */
function sent(_response: unknown): null {
  return null;
}

function replaceDigest(query: Buffer): Buffer {
  const at = query.indexOf(sha256);
  const changed = Buffer.from(query);
  changed.fill(7, at, at + sha256.length);
  return changed;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
