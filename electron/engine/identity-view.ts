import type { TimestampAuthority } from "../../shared/model/signing-key.ts";
import type { IdentityView, TimestampView } from "../../shared/model/view.ts";
import type { SigningIdentity } from "../export/identity/signing-identity.ts";
import type { Stamping } from "../export/timestamp/timestamp-authority.ts";

export function viewIdentity(identity: SigningIdentity): IdentityView {
  const { subject, fingerprint, validFrom, validTo, keyType } = identity;
  return { subject, fingerprint, validFrom, validTo, keyType: keyType.toUpperCase() };
}

/** What came of asking for timestamps; null when nobody was asked. */
export function viewTimestamp(authority: TimestampAuthority | undefined, stamping: Stamping): TimestampView | null {
  return authority === undefined ? null : { url: authority.url, failure: stamping.failure()?.message ?? null };
}
