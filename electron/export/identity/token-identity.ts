import { createHash, randomBytes, verify, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import * as asn1js from "asn1js";
import { TickmarkError } from "../../../shared/errors.ts";
import { type Instant, instantOf } from "../../../shared/model/instant.ts";
import type { TokenPlace } from "../../../shared/model/signing-key.ts";
import { completeChain, oneLine } from "./certificate-path.ts";
import { checkValidAt, identityBy, type SigningIdentity } from "./signing-identity.ts";
import { findKey, readCertificates, type TokenKey } from "./token-objects.ts";
import { inSession, type TokenSession } from "./token-session.ts";

// PKCS#11 2.40: mechanisms that every token with such a key has, and the user for one signature.
const mechanisms = { rsa: 0x1, ecdsa: 0x1041 } as const;
const contextUser = 2;
// DigestInfo for SHA-256 (RFC 8017, 9.2, note 1), which a token expects in front of the digest.
const digestInfoSha256 = Buffer.from("3031300d060960864801650304020105000420", "hex");
const longestSignature = 1024;
const pemBlock = /-----BEGIN CERTIFICATE-----[\sA-Za-z0-9+/=]+-----END CERTIFICATE-----/g;

/**
 * Opens an identity whose key lies on a token. The key and the certificate are held against each other by a signature over
 * random bytes, so that no bundle is signed in vain.
 *
 * @param at the moment at which the certificates must be valid; now, unless told
 * @throws TickmarkError `token-module-missing`, `token-missing`, `token-pin-wrong`, `token-failed`, `identity-missing`,
 * `identity-ambiguous`, `identity-invalid`, `file-missing`
 */
export async function openTokenIdentity(
  place: TokenPlace,
  pin: string,
  at: Instant = instantOf(Date.now()),
): Promise<SigningIdentity> {
  const given = place.certificatePath === undefined ? [] : await readCertificateFile(place.certificatePath);
  const chain = await inSession(place, pin, async (session) => {
    const key = findKey(session, place);
    const found = readCertificates(session);
    const certificate = given[0] ?? found.find(({ id }) => id.length > 0 && id.equals(key.id))?.certificate;
    if (certificate === undefined) throw withoutCertificate(key);
    const above = [...given, ...found.map((each) => each.certificate)];
    return completeChain(certificate, above, "token");
  });
  const identity = identityBy(chain, async (bytes) => {
    return inSession(place, pin, (session) => signWith(session, findKey(session, place), identity.keyType, bytes));
  });
  checkValidAt(identity, at);
  await checkPair(identity);
  return identity;
}

async function signWith(
  { library, handle, pin }: TokenSession,
  key: TokenKey,
  keyType: SigningIdentity["keyType"],
  bytes: Uint8Array,
): Promise<Uint8Array> {
  const digest = createHash("sha256").update(bytes).digest();
  const input = keyType === "rsa" ? Buffer.concat([digestInfoSha256, digest]) : digest;
  library.C_SignInit(handle, { mechanism: mechanisms[keyType] }, key.handle);
  if (key.alwaysAuthenticate) library.C_Login(handle, contextUser, pin);
  // The token may wait for a touch of its owner, while this process goes on.
  const signature = await library.C_SignAsync(handle, input, Buffer.alloc(longestSignature));
  return keyType === "rsa" ? signature : derSignature(signature);
}

/** A token gives the two numbers of an ECDSA signature one behind the other; CMS wants them in DER (RFC 3279, 2.2.3). */
export function derSignature(raw: Buffer): Buffer {
  const half = raw.length >> 1;
  const number = (bytes: Buffer) => {
    const first = bytes.findIndex((byte) => byte !== 0);
    const digits = first < 0 ? Buffer.alloc(1) : bytes.subarray(first);
    // A leading one bit would make it negative.
    const positive = (digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), digits]) : digits;
    return new asn1js.Integer({ valueHex: new Uint8Array(positive).buffer });
  };
  const value = [number(raw.subarray(0, half)), number(raw.subarray(half))];
  return Buffer.from(new asn1js.Sequence({ value }).toBER());
}

async function checkPair(identity: SigningIdentity): Promise<void> {
  const probe = randomBytes(32);
  const [certificate] = identity.chain;
  const fits = await identity
    .sign(probe)
    .then((signature) => verify("sha256", probe, certificate.publicKey, signature))
    .catch((error: unknown) => {
      // A key of another kind than the certificate's cannot even sign in its way.
      if (error instanceof TickmarkError && error.code === "token-failed") return false;
      throw error;
    });
  if (fits) return;
  throw new TickmarkError(
    "identity-invalid",
    `The certificate of ${oneLine(certificate.subject)} is not that of the token's key.`,
    "Give the key's own certificate, or another key: --certificate, --key-label, --key-id.",
  );
}

async function readCertificateFile(path: string): Promise<X509Certificate[]> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new TickmarkError("file-missing", `The certificate file ${path} cannot be read.`, "Check its path.", {
      cause,
    });
  }
  try {
    const blocks = bytes.toString("latin1").match(pemBlock);
    return blocks === null ? [new X509Certificate(bytes)] : blocks.map((block) => new X509Certificate(block));
  } catch (cause) {
    const action = "Give the key's certificate in PEM, first, with those above it behind.";
    throw new TickmarkError("identity-invalid", `The file ${path} holds no certificate.`, action, { cause });
  }
}

function withoutCertificate(key: TokenKey): TickmarkError {
  return new TickmarkError(
    "identity-missing",
    `The token holds no certificate for its key ${JSON.stringify(key.label)}.`,
    "Give it in a file, with the certificates above it: --certificate chain.pem.",
  );
}
