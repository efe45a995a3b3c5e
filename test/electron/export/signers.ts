import type { KeyObject } from "node:crypto";
import { issueCertificates } from "../../../electron/export/identity/certificate-issuing.ts";
import { fingerprintOf, identityOf, type SigningIdentity } from "../../../electron/export/identity/signing-identity.ts";
import type { NewKeyType } from "../../../shared/model/signing-key.ts";

export interface NewSigner {
  readonly commonName?: string;
  readonly keyType?: NewKeyType;
  readonly validFrom?: string;
  readonly validTo?: string;
}

export interface Signer {
  readonly identity: SigningIdentity;
  readonly key: KeyObject;
  readonly certificatePem: string;
  readonly rootPem: string;
  readonly fingerprint: string;
  readonly rootFingerprint: string;
}

/** Somebody who can sign in the middle of 2025, without the file that a key is kept in: opening one takes long on purpose. */
export async function newSigner(over: NewSigner = {}): Promise<Signer> {
  const subject = { commonName: over.commonName ?? "Ada Auditor", organisation: "Example Auditors AG" };
  const from = new Date(over.validFrom ?? "2025-01-01T00:00:00Z");
  const to = new Date(over.validTo ?? "2035-01-01T00:00:00Z");
  const { leafKey, leaf, root } = await issueCertificates(subject, over.keyType ?? "ecdsa-p256", from, to);
  return {
    identity: identityOf(leafKey, [leaf, root]),
    key: leafKey,
    certificatePem: leaf.toString(),
    rootPem: root.toString(),
    fingerprint: fingerprintOf(leaf),
    rootFingerprint: fingerprintOf(root),
  };
}
