import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openssl } from "../../export/real-tools.ts";

export interface CertifiedServer {
  readonly url: string;
  readonly port: number;
  /** PEM file that vouches for the server: its own certificate, or that of the authority. */
  readonly caFile: string;
  /** `sha256:…` of the server's own certificate. */
  readonly fingerprint: string;
  /** Headers of every request that arrived. */
  readonly asked: IncomingHttpHeaders[];
}

/** A TLS server on this machine with a certificate that openssl made, self-signed or from an authority of its own. */
export async function startCertified(
  signedBy: "itself" | "authority",
  name = "IP:127.0.0.1",
  answer: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) => response.end("{}"),
): Promise<CertifiedServer> {
  const folder = mkdtempSync(join(tmpdir(), "tickmark-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = (file: string) => join(folder, file);
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  const san = ["-addext", `subjectAltName=${name}`];
  if (signedBy === "itself") {
    const subject = ["-subj", "/CN=loopback", ...san];
    openssl(["req", "-x509", ...newKey, "-days", "2", "-keyout", path("key"), "-out", path("cert"), ...subject]);
  } else {
    const root = ["-subj", "/CN=Example Root", "-keyout", path("rootkey"), "-out", path("root")];
    openssl(["req", "-x509", ...newKey, "-days", "2", ...root]);
    openssl(["req", ...newKey, "-subj", "/CN=loopback", ...san, "-keyout", path("key"), "-out", path("csr")]);
    const sign = ["-CA", path("root"), "-CAkey", path("rootkey"), "-CAcreateserial", "-copy_extensions", "copy"];
    openssl(["x509", "-req", "-in", path("csr"), ...sign, "-days", "2", "-out", path("cert")]);
  }
  const asked: IncomingHttpHeaders[] = [];
  const server = createServer(
    { key: readFileSync(path("key")), cert: readFileSync(path("cert")) },
    (request, response) => {
      asked.push(request.headers);
      answer(request, response);
    },
  );
  const port = await listen(server);
  const printed = openssl(["x509", "-in", path("cert"), "-noout", "-fingerprint", "-sha256"]).toString();
  return {
    url: `https://127.0.0.1:${port}`,
    port,
    caFile: path(signedBy === "itself" ? "cert" : "root"),
    fingerprint: `sha256:${(printed.split("=")[1] ?? "").trim().replaceAll(":", "").toLowerCase()}`,
    asked,
  };
}

async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  return (server.address() as AddressInfo).port;
}
