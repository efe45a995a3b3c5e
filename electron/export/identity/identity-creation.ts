import { z } from "zod";
import { TickmarkError } from "../../../shared/errors.ts";
import type { Sha256 } from "../../../shared/model/digest.ts";
import { Instant } from "../../../shared/model/instant.ts";
import { NewKeyType } from "../../../shared/model/signing-key.ts";
import { issueCertificates } from "./certificate-issuing.ts";
import { writePkcs12 } from "./pkcs12-writing.ts";
import { fingerprintOf } from "./signing-identity.ts";

// Upper bounds of X.520: longer names are cut or refused by other programs.
const namePart = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[^\p{Cc}\p{Cf}\p{Cs}]+$/u);

export const NewIdentity = z.object({
  commonName: namePart,
  organisation: namePart,
  email: z.email().max(254).exactOptional(),
  keyType: NewKeyType,
  validFrom: Instant,
  validYears: z.int().min(1).max(20),
});
export type NewIdentity = z.infer<typeof NewIdentity>;

export interface CreatedIdentity {
  /** Key, certificate and root, under the passphrase. The only copy of the key. */
  readonly pkcs12: Buffer;
  readonly certificatePem: string;
  /** What a recipient gives to `openssl cms -verify -CAfile` and trusts. Public. */
  readonly rootPem: string;
  /** SHA-256 of the certificate in DER: what a recipient compares over another channel. */
  readonly fingerprint: Sha256;
  readonly rootFingerprint: Sha256;
}

/**
 * Makes a signing identity for somebody without a certificate from elsewhere. Valid from `validFrom`, without fractions
 * of a second, for `validYears` years.
 *
 * @throws TickmarkError `request-invalid` for a name, address or passphrase that cannot be used
 */
export async function createIdentity(request: NewIdentity, passphrase: string): Promise<CreatedIdentity> {
  const checked = NewIdentity.safeParse(request);
  if (!checked.success) {
    const issue = checked.error.issues[0];
    throw unusable(`"${issue?.path.join(".") ?? ""}" cannot be used: ${issue?.message ?? "unknown"}`);
  }
  if (passphrase === "") throw unusable("the passphrase is empty");
  const { keyType, validFrom, validYears, ...subject } = checked.data;
  const from = new Date(validFrom);
  from.setUTCMilliseconds(0);
  const to = new Date(from);
  to.setUTCFullYear(to.getUTCFullYear() + validYears);
  const { leafKey, leaf, root } = await issueCertificates(subject, keyType, from, to);
  return {
    pkcs12: await writePkcs12(leafKey, [leaf, root], subject.commonName, passphrase),
    certificatePem: leaf.toString(),
    rootPem: root.toString(),
    fingerprint: fingerprintOf(leaf),
    rootFingerprint: fingerprintOf(root),
  };
}

function unusable(reason: string): TickmarkError {
  return new TickmarkError("request-invalid", `The identity was not created: ${reason}.`, "Correct it and try again.");
}
