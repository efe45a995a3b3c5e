import { readFile } from "node:fs/promises";
import { TickmarkError } from "../../shared/errors.ts";
import type { SigningKey } from "../../shared/model/signing-key.ts";
import type { SigningIdentity } from "../export/identity/signing-identity.ts";

/**
 * Opens the identity that a key belongs to. The signing stack is loaded when first used: neither start nor pull needs it.
 *
 * @throws TickmarkError `identity-missing`, `identity-invalid`, `identity-ambiguous`, `passphrase-wrong`, and for a token those of
 * `openTokenIdentity`
 */
export async function openIdentity(key: SigningKey): Promise<SigningIdentity> {
  if ("token" in key) {
    const { openTokenIdentity } = await import("../export/identity/token-identity.ts");
    return openTokenIdentity(key.token, key.pin);
  }
  const { loadIdentity } = await import("../export/identity/identity-loading.ts");
  return loadIdentity(await readPkcs12(key.pkcs12Path), key.passphrase, undefined, key.certificate);
}

async function readPkcs12(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new TickmarkError(
      "identity-missing",
      `The identity file ${path} cannot be read.`,
      "Check its path, or create an identity.",
      { cause },
    );
  }
}
