import {
  type CreatedIdentity,
  createIdentity,
  type NewIdentity,
} from "../../../electron/export/identity/identity-creation.ts";
import { loadIdentity } from "../../../electron/export/identity/identity-loading.ts";
import type { SigningIdentity } from "../../../electron/export/identity/signing-identity.ts";

const defaults: NewIdentity = {
  commonName: "Ada Auditor",
  organisation: "Example Auditors AG",
  keyType: "ecdsa-p256",
  validFrom: "2025-01-01T00:00:00.000Z",
  validYears: 10,
};

/** Somebody who can sign in the middle of 2025. */
export async function newSigner(
  over: Partial<NewIdentity> = {},
): Promise<CreatedIdentity & { identity: SigningIdentity }> {
  const created = await createIdentity({ ...defaults, ...over }, "passphrase");
  return { ...created, identity: await loadIdentity(created.pkcs12, "passphrase", "2025-07-15T10:00:00.000Z") };
}
