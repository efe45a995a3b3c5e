import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { pullLimits } from "../../../../electron/sources/http/http-limits.ts";
import { createJsonClient } from "../../../../electron/sources/http/json-client.ts";
import { faultOf } from "../../../../shared/errors.ts";
import { openssl } from "../../export/real-tools.ts";

it("a certificate that nobody here vouches for is named, and the token is not sent", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tickmark-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  const args = [
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-days",
    "2",
    "-keyout",
    key,
    "-out",
    cert,
    ...subject,
  ];
  openssl(args);
  let asked = 0;
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_request, response) => {
    asked += 1;
    response.end("{}");
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const signal = new AbortController().signal;
  const client = createJsonClient({ baseUrl: `https://127.0.0.1:${port}`, headers: {}, limits: pullLimits, signal });
  const fault = faultOf(await client.get("user").catch((error: unknown) => error));
  expect(fault.code).toBe("http-unreachable");
  expect(fault.message).toMatch(/certificate .* not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/);
  expect(fault.action).toContain("NODE_EXTRA_CA_CERTS");
  expect(asked).toBe(0);
});
