import type { X509Certificate } from "node:crypto";
import { TickmarkError } from "../../../shared/errors.ts";
import { type Instant, instantOf } from "../../../shared/model/instant.ts";
import { completeChain, oneLine } from "./certificate-path.ts";
import { UnsupportedEncryption } from "./pkcs12-encryption.ts";
import { PassphraseWrong, type Pkcs12Content, readPkcs12 } from "./pkcs12-reading.ts";
import { checkValidAt, fingerprintOf, identityOf, type SigningIdentity } from "./signing-identity.ts";

/**
 * Opens a PKCS#12 file, as `createIdentity`, openssl or a certificate authority writes it, modern or legacy.
 *
 * @param at the moment at which the certificates must be valid; now, unless told
 * @param certificate which key, when the file holds several: the SHA-256 of its certificate, or the common name in it
 * @throws TickmarkError `passphrase-wrong`, `identity-ambiguous`, or `identity-invalid` for a file without MAC, without a private key or its
 * certificate, without the chain up to a root, expired, not yet valid, or of a kind that cannot sign
 */
export async function loadIdentity(
  pkcs12: Uint8Array,
  passphrase: string,
  at: Instant = instantOf(Date.now()),
  certificate?: string,
): Promise<SigningIdentity> {
  const content = await open(pkcs12, passphrase);
  const identity = pairUp(content, certificate);
  checkValidAt(identity, at);
  return identity;
}

async function open(pkcs12: Uint8Array, passphrase: string): Promise<Pkcs12Content> {
  try {
    return await readPkcs12(pkcs12, passphrase);
  } catch (cause) {
    if (cause instanceof PassphraseWrong) {
      throw new TickmarkError(
        "passphrase-wrong",
        "The passphrase does not open the identity file.",
        "Type it again; if you are sure of it, the file was changed or damaged.",
      );
    }
    const reason = cause instanceof UnsupportedEncryption ? `it has ${cause.message}` : "it is not a PKCS#12 file";
    throw invalid(`The identity file cannot be used: ${reason}.`, "Export it again as PKCS#12 (.p12, .pfx).", cause);
  }
}

function pairUp(content: Pkcs12Content, wanted: string | undefined): SigningIdentity {
  const action = "Choose a file that holds both the private key and its certificate.";
  if (content.keys.length === 0) throw invalid("The identity file holds no private key.", action);
  const pairs = content.keys.flatMap((key) => {
    const certificate = content.certificates.find((each) => each.checkPrivateKey(key));
    return certificate === undefined ? [] : [{ key, certificate }];
  });
  if (pairs.length === 0) throw invalid("The identity file holds no certificate for its private key.", action);
  const { key, certificate } = choose(pairs, wanted);
  return identityOf(key, completeChain(certificate, content.certificates, "identity file"));
}

function choose<T extends { readonly certificate: X509Certificate }>(
  pairs: readonly T[],
  wanted: string | undefined,
): T {
  const fitting = wanted === undefined ? pairs : pairs.filter(({ certificate }) => isCalled(certificate, wanted));
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return only;
  const all = pairs.map(({ certificate }) => `${oneLine(certificate.subject)}, SHA-256 ${fingerprintOf(certificate)}`);
  throw new TickmarkError(
    "identity-ambiguous",
    wanted === undefined
      ? `The identity file holds ${pairs.length} keys: ${all.join("; ")}.`
      : `The identity file holds ${fitting.length} keys for ${JSON.stringify(wanted)}, of these: ${all.join("; ")}.`,
    "Say which one: give the SHA-256 of its certificate, or the common name in it when only one has it.",
  );
}

/** By the certificate's SHA-256 as people write it, or by its common name. */
function isCalled(certificate: X509Certificate, wanted: string): boolean {
  const digits = wanted.replace(/[:\s]/g, "").toLowerCase();
  if (digits === fingerprintOf(certificate)) return true;
  return certificate.subject.split("\n").includes(`CN=${wanted}`);
}

function invalid(message: string, action: string, cause?: unknown): TickmarkError {
  return new TickmarkError("identity-invalid", message, action, cause === undefined ? undefined : { cause });
}
