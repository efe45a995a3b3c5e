import { X509Certificate } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { prepareTokenModule } from "../../../../build/prepare/token-module.ts";
import { loadTokenModule } from "../../../../electron/export/identity/token-module.ts";
import { run } from "../real-tools.ts";

/** Debian's SoftHSM 2: a token in files. */
export const softTokenModule = "/usr/lib/softhsm/libsofthsm2.so";

export const pin = "123456";

export interface SoftKey {
  /** PKCS#8 in PEM. */
  readonly keyPath: string;
  readonly label: string;
  /** Hexadecimal. */
  readonly id: string;
  /** Certificates to put beside it, in PEM; the first gets the key's id. */
  readonly certificatePaths?: readonly string[];
}

/** The environment of this process decides where its tokens lie: one folder for a test file. Call it before any token is used. */
export async function prepareSoftTokens(folder: string): Promise<void> {
  await prepareTokenModule();
  mkdirSync(`${folder}/tokens`);
  writeFileSync(
    `${folder}/softhsm2.conf`,
    `directories.tokendir = ${folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n`,
  );
  process.env.SOFTHSM2_CONF = `${folder}/softhsm2.conf`;
}

/** Makes tokens and puts keys and certificates on them, as their owners would. SoftHSM sees no token that is made later. */
export async function makeSoftTokens(tokens: Readonly<Record<string, readonly SoftKey[]>>): Promise<void> {
  for (const [label, keys] of Object.entries(tokens)) {
    run("softhsm2-util", ["--init-token", "--free", "--label", label, "--so-pin", "87654321", "--pin", pin]);
    for (const key of keys) {
      const place = ["--token", label, "--label", key.label, "--id", key.id, "--pin", pin];
      run("softhsm2-util", ["--import", key.keyPath, ...place]);
    }
  }
  for (const [label, keys] of Object.entries(tokens)) await putCertificates(label, keys);
}

async function putCertificates(label: string, keys: readonly SoftKey[]): Promise<void> {
  const { library } = await loadTokenModule(softTokenModule);
  const slot = library.C_GetSlotList(true).find((each) => library.C_GetTokenInfo(each).label.trim() === label);
  if (slot === undefined) throw new Error(`The token ${label} is not there.`);
  const session = library.C_OpenSession(slot, 0x4 | 0x2);
  library.C_Login(session, 1, pin);
  for (const { id, certificatePaths = [] } of keys) {
    for (const [index, path] of certificatePaths.entries())
      library.C_CreateObject(session, certificateTemplate(readFileSync(path), index === 0 ? id : `ff${id}`));
  }
  library.C_Logout(session);
  library.C_CloseSession(session);
}

function certificateTemplate(pem: Buffer, id: string) {
  const certificate = new X509Certificate(pem);
  return [
    { type: 0x0, value: 1 },
    { type: 0x1, value: true },
    { type: 0x80, value: 0 },
    { type: 0x3, value: certificate.subject },
    { type: 0x102, value: Buffer.from(id, "hex") },
    { type: 0x101, value: Buffer.from("3000", "hex") },
    { type: 0x11, value: certificate.raw },
  ];
}
