import type { IdentityView } from "../../shared/model/view.ts";
import type { SigningIdentity } from "../export/identity/signing-identity.ts";

export function viewIdentity(identity: SigningIdentity): IdentityView {
  const { subject, fingerprint, validFrom, validTo, keyType } = identity;
  return { subject, fingerprint, validFrom, validTo, keyType: keyType.toUpperCase() };
}
