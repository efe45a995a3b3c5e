import type { KeyObject, X509Certificate } from "node:crypto";
import { TickmarkError } from "../../../shared/errors.ts";
import { type Instant, instantOf } from "../../../shared/model/instant.ts";
import { UnsupportedEncryption } from "./pkcs12-encryption.ts";
import { PassphraseWrong, type Pkcs12Content, readPkcs12 } from "./pkcs12-reading.ts";
import { checkValidAt, identityOf, type SigningIdentity } from "./signing-identity.ts";

/**
 * Opens a PKCS#12 file, as `createIdentity`, openssl or a certificate authority writes it, modern or legacy.
 *
 * @param at the moment at which the certificates must be valid; now, unless told
 * @throws TickmarkError `passphrase-wrong`, or `identity-invalid` for a file without MAC, without a private key or its
 * certificate, without the chain up to a root, expired, not yet valid, or of a kind that cannot sign
 */
export async function loadIdentity(
  pkcs12: Uint8Array,
  passphrase: string,
  at: Instant = instantOf(Date.now()),
): Promise<SigningIdentity> {
  const content = await open(pkcs12, passphrase);
  const identity = pairUp(content);
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

function pairUp(content: Pkcs12Content): SigningIdentity {
  const action = "Choose a file that holds both the private key and its certificate.";
  if (content.keys.length === 0) throw invalid("The identity file holds no private key.", action);
  for (const key of content.keys) {
    const certificate = content.certificates.find((each) => each.checkPrivateKey(key));
    if (certificate !== undefined) return identityWith(key, certificate, content.certificates);
  }
  throw invalid("The identity file holds no certificate for its private key.", action);
}

function identityWith(key: KeyObject, certificate: X509Certificate, all: readonly X509Certificate[]): SigningIdentity {
  const chain: [X509Certificate, ...X509Certificate[]] = [certificate];
  for (let current = certificate; !isRoot(current); ) {
    const issuer = all.find(
      (each) => !chain.includes(each) && current.checkIssued(each) && current.verify(each.publicKey),
    );
    if (issuer === undefined) throw incomplete(current);
    chain.push(issuer);
    current = issuer;
  }
  return identityOf(key, chain);
}

/** Signatures carry the chain up to its root: without it nobody could tell whether the rest was changed. */
function incomplete(last: X509Certificate): TickmarkError {
  const [subject, issuer] = [last.subject.replaceAll("\n", ", "), last.issuer.replaceAll("\n", ", ")];
  return invalid(
    `The identity file holds the certificate of ${subject} and not that of its issuer, ${issuer}.`,
    "Export it again with all certificates of the chain, or add them: openssl pkcs12 -export … -certfile chain.pem.",
  );
}

function isRoot(certificate: X509Certificate): boolean {
  return certificate.subject === certificate.issuer && certificate.verify(certificate.publicKey);
}

function invalid(message: string, action: string, cause?: unknown): TickmarkError {
  return new TickmarkError("identity-invalid", message, action, cause === undefined ? undefined : { cause });
}
