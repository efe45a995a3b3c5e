import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { openssl, temporaryFolder } from "./real-tools.ts";

export interface TimestampServer {
  readonly url: string;
  /** Certificate that a verifier trusts, and its SHA-256. */
  readonly rootPem: string;
  readonly rootFingerprint: string;
  /** Path of the root, for openssl. */
  readonly rootPath: string;
  /** Number of answers given. */
  answers(): number;
  close(): Promise<void>;
}

export interface TimestampServerOptions {
  /** Extensions of the authority's certificate; critical timeStamping unless told. */
  readonly use?: string;
  readonly key?: readonly string[];
  /** Digest that openssl signs the token with, and the one that it names the certificate by. */
  readonly digest?: string;
  readonly certificateId?: string;
  /** What the server does in place of openssl's answer. */
  readonly answer?: (query: Buffer, reply: (query: Buffer) => Buffer, response: ServerResponse) => Buffer | null;
}

/** A timestamp authority on loopback: `openssl ts -reply` behind HTTP, with a certificate of its own. */
export async function startTimestampServer(options: TimestampServerOptions = {}): Promise<TimestampServer> {
  const folder = temporaryFolder();
  makeAuthority(folder.path, options);
  let answers = 0;
  const reply = (query: Buffer) => {
    writeFileSync(folder.at("query.tsq"), query);
    const args = ["ts", "-reply", "-queryfile", "query.tsq", "-out", "reply.tsr", "-config", "tsa.cnf"];
    openssl(args, { cwd: folder.path });
    answers++;
    return readFileSync(folder.at("reply.tsr"));
  };
  const server = createServer((request, response) => {
    void bodyOf(request).then((query) => {
      const answer = options.answer ? options.answer(query, reply, response) : reply(query);
      if (answer !== null) response.writeHead(200, { "Content-Type": "application/timestamp-reply" }).end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const rootPem = readFileSync(folder.at("root.pem"), "utf8");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/tsr`,
    rootPem,
    rootFingerprint: fingerprintOf(folder.at("root.pem")),
    rootPath: folder.at("root.pem"),
    answers: () => answers,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      folder[Symbol.dispose]();
    },
  };
}

export function fingerprintOf(path: string): string {
  const line = openssl(["x509", "-in", path, "-noout", "-fingerprint", "-sha256"]);
  return line.split("=")[1]?.trim().replaceAll(":", "").toLowerCase() ?? "";
}

function makeAuthority(path: string, options: TimestampServerOptions): void {
  const run = (args: readonly string[]) => openssl(args, { cwd: path });
  const write = (name: string, text: string) => writeFileSync(`${path}/${name}`, text);
  const ec = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"];
  mkdirSync(`${path}/certs`);
  write("root.ext", "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n");
  write("tsa.ext", `basicConstraints=CA:FALSE\n${options.use ?? "extendedKeyUsage=critical,timeStamping"}\n`);
  run([
    "req",
    "-new",
    ...ec,
    "-nodes",
    "-subj",
    "/O=Clocks/CN=Root of time",
    "-keyout",
    "root.key",
    "-out",
    "root.csr",
  ]);
  run([
    "x509",
    "-req",
    "-in",
    "root.csr",
    "-signkey",
    "root.key",
    "-days",
    "9000",
    "-extfile",
    "root.ext",
    "-out",
    "root.pem",
  ]);
  const key = options.key ?? ec;
  run(["req", "-new", ...key, "-nodes", "-subj", "/O=Clocks/CN=Time", "-keyout", "tsa.key", "-out", "tsa.csr"]);
  const issuer = ["-CA", "root.pem", "-CAkey", "root.key", "-set_serial", "7"];
  run(["x509", "-req", "-in", "tsa.csr", ...issuer, "-days", "8000", "-extfile", "tsa.ext", "-out", "tsa.pem"]);
  write("serial", "01\n");
  const section = {
    serial: "serial",
    signer_cert: "tsa.pem",
    certs: "root.pem",
    signer_key: "tsa.key",
    signer_digest: options.digest ?? "sha256",
    default_policy: "1.2.3.4.1",
    other_policies: "1.2.3.4.2",
    digests: "sha256, sha512",
    accuracy: "secs:1",
    ess_cert_id_chain: "no",
    ess_cert_id_alg: options.certificateId ?? "sha256",
  };
  const lines = Object.entries(section).map(([name, value]) => `${name} = ${value}`);
  write("tsa.cnf", `[tsa]\ndefault_tsa = t\n[t]\n${lines.join("\n")}\n`);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces);
}
