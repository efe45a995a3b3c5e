import { createCipheriv, createDecipheriv, pbkdf2, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import * as asn1js from "asn1js";
import forge from "node-forge";
import * as pkijs from "pkijs";
import { derivePkcs12, maxIterations, Purpose } from "./pkcs12-key-derivation.ts";

const oids = {
  pbes2: "1.2.840.113549.1.5.13",
  pbkdf2: "1.2.840.113549.1.5.12",
  hmacSha256: "1.2.840.113549.2.9",
  aes256: "2.16.840.1.101.3.4.1.42",
} as const;

const prfHashes: Record<string, string> = {
  "1.2.840.113549.2.7": "sha1",
  [oids.hmacSha256]: "sha256",
  "1.2.840.113549.2.10": "sha384",
  "1.2.840.113549.2.11": "sha512",
};

const blockCiphers: Record<string, { name: string; keyLength: number }> = {
  "2.16.840.1.101.3.4.1.2": { name: "aes-128-cbc", keyLength: 16 },
  "2.16.840.1.101.3.4.1.22": { name: "aes-192-cbc", keyLength: 24 },
  [oids.aes256]: { name: "aes-256-cbc", keyLength: 32 },
  "1.2.840.113549.3.7": { name: "des-ede3-cbc", keyLength: 24 },
};

/** The old ciphers of RFC 7292, appendix C, which many company tokens still come in. */
const oldCiphers: Record<string, { name: "des3" | "rc2"; keyLength: number }> = {
  "1.2.840.113549.1.12.1.3": { name: "des3", keyLength: 24 },
  "1.2.840.113549.1.12.1.4": { name: "des3", keyLength: 16 },
  "1.2.840.113549.1.12.1.5": { name: "rc2", keyLength: 16 },
  "1.2.840.113549.1.12.1.6": { name: "rc2", keyLength: 5 },
};

const iterations = 600_000;

/** Thrown for encryptions that are not supported; `loadIdentity` turns it into a fault. */
export class UnsupportedEncryption extends Error {}

/** Encrypts with PBES2: AES-256-CBC under PBKDF2 with HMAC-SHA-256 (RFC 8018). */
export async function encryptWithPassphrase(
  content: Uint8Array,
  passphrase: string,
): Promise<{ algorithm: pkijs.AlgorithmIdentifier; encrypted: Buffer }> {
  const salt = randomBytes(16);
  const iv = randomBytes(16);
  const key = await promisify(pbkdf2)(Buffer.from(passphrase, "utf8"), salt, iterations, 32, "sha256");
  const cipher = createCipheriv("aes-256-cbc", key, iv);
  const algorithm = new pkijs.AlgorithmIdentifier({
    algorithmId: oids.pbes2,
    algorithmParams: new pkijs.PBES2Params({
      keyDerivationFunc: new pkijs.AlgorithmIdentifier({
        algorithmId: oids.pbkdf2,
        algorithmParams: new pkijs.PBKDF2Params({
          salt: new asn1js.OctetString({ valueHex: new Uint8Array(salt).buffer }),
          iterationCount: iterations,
          prf: new pkijs.AlgorithmIdentifier({ algorithmId: oids.hmacSha256, algorithmParams: new asn1js.Null() }),
        }).toSchema(),
      }),
      encryptionScheme: new pkijs.AlgorithmIdentifier({
        algorithmId: oids.aes256,
        algorithmParams: new asn1js.OctetString({ valueHex: new Uint8Array(iv).buffer }),
      }),
    }).toSchema(),
  });
  return { algorithm, encrypted: Buffer.concat([cipher.update(content), cipher.final()]) };
}

/**
 * Decrypts what a PKCS#12 file holds under its passphrase, modern (PBES2) or old (3DES, RC2).
 *
 * @throws UnsupportedEncryption, or any error of the cipher when the content does not fit the passphrase
 */
export async function decryptWithPassphrase(
  algorithm: pkijs.AlgorithmIdentifier,
  encrypted: Uint8Array,
  passphrase: string,
): Promise<Buffer> {
  if (algorithm.algorithmId === oids.pbes2) return decryptPbes2(algorithm, encrypted, passphrase);
  const old = oldCiphers[algorithm.algorithmId];
  if (old === undefined) throw new UnsupportedEncryption(`encryption ${algorithm.algorithmId}`);
  return decryptOld(old, algorithm, encrypted, passphrase);
}

async function decryptPbes2(
  algorithm: pkijs.AlgorithmIdentifier,
  encrypted: Uint8Array,
  passphrase: string,
): Promise<Buffer> {
  const scheme = new pkijs.PBES2Params({ schema: algorithm.algorithmParams });
  const { algorithmId, algorithmParams } = scheme.keyDerivationFunc;
  const cipher = blockCiphers[scheme.encryptionScheme.algorithmId];
  if (algorithmId !== oids.pbkdf2 || cipher === undefined) {
    throw new UnsupportedEncryption(`encryption ${algorithmId} with ${scheme.encryptionScheme.algorithmId}`);
  }
  const derivation = new pkijs.PBKDF2Params({ schema: algorithmParams });
  // RFC 8018: without a named function it is HMAC with SHA-1.
  const hash = derivation.prf === undefined ? "sha1" : prfHashes[derivation.prf.algorithmId];
  if (hash === undefined) throw new UnsupportedEncryption(`key derivation with ${derivation.prf?.algorithmId}`);
  const rounds = checkIterations(derivation.iterationCount);
  const salt = octetsOf(derivation.salt);
  const key = await promisify(pbkdf2)(Buffer.from(passphrase, "utf8"), salt, rounds, cipher.keyLength, hash);
  const decipher = createDecipheriv(cipher.name, key, octetsOf(scheme.encryptionScheme.algorithmParams));
  return Buffer.concat([decipher.update(encrypted), decipher.final()]);
}

function decryptOld(
  cipher: { name: "des3" | "rc2"; keyLength: number },
  algorithm: pkijs.AlgorithmIdentifier,
  encrypted: Uint8Array,
  passphrase: string,
): Buffer {
  const [salt, rounds] = oldParametersOf(algorithm.algorithmParams);
  const key = derivePkcs12("sha1", passphrase, salt, rounds, Purpose.key, cipher.keyLength);
  const iv = derivePkcs12("sha1", passphrase, salt, rounds, Purpose.iv, 8);
  if (cipher.name === "rc2") return decryptRc2(key, iv, encrypted);
  // Two-key 3DES: the third key is the first again.
  const tripleKey = key.length === 24 ? key : Buffer.concat([key, key.subarray(0, 8)]);
  const decipher = createDecipheriv("des-ede3-cbc", tripleKey, iv);
  return Buffer.concat([decipher.update(encrypted), decipher.final()]);
}

/** Node's OpenSSL comes without RC2. */
function decryptRc2(key: Buffer, iv: Buffer, encrypted: Uint8Array): Buffer {
  const decipher = forge.rc2.createDecryptionCipher(key.toString("binary"), key.length * 8);
  decipher.start(iv.toString("binary"));
  decipher.update(forge.util.createBuffer(Buffer.from(encrypted).toString("binary")));
  if (!decipher.finish()) throw new Error("RC2 padding does not fit");
  return Buffer.from(decipher.output.getBytes(), "binary");
}

/** pkcs-12PbeParams (RFC 7292, appendix C): salt, iterations. */
function oldParametersOf(parameters: unknown): [salt: Uint8Array, iterations: number] {
  if (!(parameters instanceof asn1js.Sequence)) throw new UnsupportedEncryption("encryption without parameters");
  const [salt, rounds] = parameters.valueBlock.value;
  if (!(rounds instanceof asn1js.Integer)) throw new UnsupportedEncryption("encryption without iterations");
  return [octetsOf(salt), checkIterations(rounds.valueBlock.valueDec)];
}

export function checkIterations(rounds: number): number {
  if (Number.isInteger(rounds) && rounds > 0 && rounds <= maxIterations) return rounds;
  throw new UnsupportedEncryption(`${rounds} rounds of key derivation`);
}

function octetsOf(value: unknown): Uint8Array {
  if (!(value instanceof asn1js.OctetString)) throw new UnsupportedEncryption("a salt or vector that is not inline");
  return new Uint8Array(value.getValue());
}
