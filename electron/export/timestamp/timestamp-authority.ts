import { type Fault, faultOf, TickmarkError } from "../../../shared/errors.ts";
import type { TimestampAuthority } from "../../../shared/model/signing-key.ts";
import type { Stamp } from "./signature-timestamp.ts";
import { parseAddress, postRequest } from "./timestamp-connection.ts";
import { readReply } from "./timestamp-reply.ts";
import { buildRequest } from "./timestamp-request.ts";

const defaultTimeoutMs = 20_000;

/**
 * Asks an authority for a timestamp over a SHA-256.
 *
 * @returns the token in DER, checked
 * @throws TickmarkError `usage`, `timestamp-unavailable`, `timestamp-refused`, `timestamp-invalid` or `cancelled`
 */
export async function requestTimestamp(
  authority: TimestampAuthority,
  sha256: Buffer,
  options: { readonly timeoutMs?: number; readonly signal?: AbortSignal } = {},
): Promise<Buffer> {
  const request = buildRequest(sha256, checkPolicy(authority.policy));
  const reply = await postRequest(authority.url, request.der, options.timeoutMs ?? defaultTimeoutMs, options.signal);
  return readReply(reply, request, authority.url);
}

export interface Stamping {
  readonly stamp: Stamp;
  /** Why there is no timestamp, once one was asked for in vain; null otherwise. */
  failure(): Fault | null;
}

/**
 * Timestamps for an export, which goes on without them: the first failure is kept and nobody is asked again.
 *
 * @throws TickmarkError `usage` at once for an authority that nobody could ask
 */
export function stampingBy(authority: TimestampAuthority | undefined, signal?: AbortSignal): Stamping {
  if (authority === undefined) return { stamp: async () => null, failure: () => null };
  parseAddress(authority.url);
  checkPolicy(authority.policy);
  let failure: Fault | null = null;
  const stamp: Stamp = async (sha256) => {
    if (failure !== null) return null;
    try {
      return await requestTimestamp(authority, sha256, signal === undefined ? {} : { signal });
    } catch (error) {
      if (!(error instanceof TickmarkError) || error.code === "cancelled") throw error;
      failure = faultOf(error);
      return null;
    }
  };
  return { stamp, failure: () => failure };
}

function checkPolicy(policy: string | undefined): string | undefined {
  if (policy === undefined || /^[0-2](\.(0|[1-9]\d{0,18})){1,30}$/.test(policy)) return policy;
  const message = `${JSON.stringify(policy.slice(0, 100))} is no policy of a timestamp authority.`;
  throw new TickmarkError("usage", message, "Give an object identifier such as 1.3.6.1.4.1.13762.3, or none.");
}
