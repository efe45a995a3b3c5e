import { verify, type X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import { TickmarkError } from "../../shared/errors.ts";
import { type Instant, instantOf } from "../../shared/model/instant.ts";
import { signatureAlgorithms } from "../cms/object-ids.ts";

const pemBlock = /-----BEGIN X509 CRL-----([\sA-Za-z0-9+/=]+)-----END X509 CRL-----/;
const reasonExtension = "2.5.29.21";
const invalidityExtension = "2.5.29.24";
const reasons = [
  "no reason given",
  "the key is known to others",
  "an authority's key is known to others",
  "its holder's name or place changed",
  "it was replaced",
  "it is no longer used",
  "it is on hold",
];

/** What an issuer said about its certificates at a time (RFC 5280, 5). */
export interface RevocationList {
  readonly issuedAt: Instant;
  /** When the next one was to come; null when it does not say. */
  readonly nextAt: Instant | null;
  /** Whether it is by this certificate, which is checked by signature. */
  isBy(issuer: X509Certificate): boolean;
  /** Null for a certificate that is not on it. */
  find(certificate: X509Certificate): Revocation | null;
}

export interface Revocation {
  /** From when on: of revocation, or earlier, when its issuer says that it could not be relied on since. */
  readonly at: Instant;
  readonly reason: string;
}

/** @throws TickmarkError `file-missing`, `file-unreadable` or `request-invalid` */
export async function readRevocationList(path: string): Promise<RevocationList> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    const message = `The revocation list ${path} ${missing ? "is not there" : "cannot be read"}.`;
    throw new TickmarkError(missing ? "file-missing" : "file-unreadable", message, "Check its path.", { cause });
  }
  const list = parseRevocationList(bytes);
  if (list !== null) return list;
  const action = "Give a complete revocation list (CRL) of the certificate's issuer, in DER or PEM.";
  throw new TickmarkError("request-invalid", `The revocation list ${path} cannot be used.`, action);
}

/** Null for what is none, and for one that is only about a part of an issuer's certificates. */
export function parseRevocationList(bytes: Buffer): RevocationList | null {
  try {
    const pem = pemBlock.exec(bytes.toString("latin1"))?.[1];
    const der = pem === undefined ? bytes : Buffer.from(pem, "base64");
    return new ParsedList(pkijs.CertificateRevocationList.fromBER(new Uint8Array(der).buffer));
  } catch {
    return null;
  }
}

class ParsedList implements RevocationList {
  readonly issuedAt: Instant;
  readonly nextAt: Instant | null;
  readonly #list: pkijs.CertificateRevocationList;

  constructor(list: pkijs.CertificateRevocationList) {
    // A list with a critical extension is a delta, or about some certificates only: what is not on it says nothing.
    if (list.crlExtensions?.extensions.some(({ critical }) => critical)) throw new Error("not a complete list");
    this.#list = list;
    this.issuedAt = instantOf(list.thisUpdate.value.getTime());
    this.nextAt = list.nextUpdate === undefined ? null : instantOf(list.nextUpdate.value.getTime());
  }

  isBy(issuer: X509Certificate): boolean {
    const { subject } = pkijs.Certificate.fromBER(new Uint8Array(issuer.raw).buffer);
    const accepted = signatureAlgorithms[this.#list.signatureAlgorithm.algorithmId];
    if (accepted?.digest == null || accepted.key !== issuer.publicKey.asymmetricKeyType) return false;
    if (!encodingOf(subject).equals(encodingOf(this.#list.issuer))) return false;
    const value = Buffer.from(this.#list.signatureValue.valueBlock.valueHexView);
    return verify(accepted.digest, Buffer.from(this.#list.tbsView), issuer.publicKey, value);
  }

  find(certificate: X509Certificate): Revocation | null {
    const { serialNumber } = pkijs.Certificate.fromBER(new Uint8Array(certificate.raw).buffer);
    const entry = this.#list.revokedCertificates?.find(({ userCertificate }) => userCertificate.isEqual(serialNumber));
    if (entry === undefined) return null;
    const extensions = entry.crlEntryExtensions?.extensions ?? [];
    const extensionValue = (id: string) => extensions.find(({ extnID }) => extnID === id)?.parsedValue;
    const since = extensionValue(invalidityExtension);
    const revoked = entry.revocationDate.value.getTime();
    const invalid = since instanceof asn1js.GeneralizedTime ? since.toDate().getTime() : revoked;
    const reason = extensionValue(reasonExtension);
    const number = reason instanceof asn1js.Enumerated ? reason.valueBlock.valueDec : 0;
    return { at: instantOf(Math.min(revoked, invalid)), reason: reasons[number] ?? `reason ${number}` };
  }
}

function encodingOf(name: pkijs.RelativeDistinguishedNames): Buffer {
  return Buffer.from(name.toSchema().toBER());
}
