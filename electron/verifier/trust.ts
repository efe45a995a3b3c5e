import type { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { TickmarkError } from "../../shared/errors.ts";
import { Sha256 } from "../../shared/model/digest.ts";
import { Instant } from "../../shared/model/instant.ts";

/** A SHA-256 fingerprint as people write it down: with or without colons or spaces, in either case. */
const Fingerprint = z
  .string()
  .transform((text) => text.replace(/[:\s]/g, "").toLowerCase())
  .pipe(Sha256);

/** Somebody whose signature counts, because a person compared the fingerprint over another channel. */
export const TrustedSigner = z.object({
  /** What this signer is called here. */
  name: z.string().min(1),
  /** SHA-256 of the signer's certificate, or of a certificate above it, in DER. */
  fingerprint: Fingerprint,
  addedAt: Instant,
  note: z.string().exactOptional(),
});
export type TrustedSigner = z.infer<typeof TrustedSigner>;

export const TrustedSigners = z.object({ signers: z.array(TrustedSigner) });
export type TrustedSigners = z.infer<typeof TrustedSigners>;

/**
 * The list of trusted signers: kept by whoever verifies, outside of every bundle. A bundle that could say who is trusted would
 * verify itself.
 *
 * @throws TickmarkError `file-missing`, `file-unreadable` or `request-invalid`
 */
export async function readTrustedSigners(path: string): Promise<readonly TrustedSigner[]> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    const message = missing
      ? `There is no list of trusted signers at ${path}.`
      : `The list of trusted signers ${path} cannot be read.`;
    const action = "Check the path. Without the list, a bundle can be verified and its signer stays unknown.";
    throw new TickmarkError(missing ? "file-missing" : "file-unreadable", message, action, { cause });
  }
  return parseTrustedSigners(text, path);
}

export function parseTrustedSigners(text: string, path: string): readonly TrustedSigner[] {
  const checked = TrustedSigners.safeParse(parseJson(text));
  if (checked.success) return checked.data.signers;
  const issue = checked.error.issues[0];
  throw new TickmarkError(
    "request-invalid",
    `The list of trusted signers ${path} is wrong at "${issue?.path.join(".") ?? ""}": ${issue?.message ?? "unknown"}.`,
    'Write it as {"signers": [{"name": …, "fingerprint": SHA-256, "addedAt": time, "note": …}]}.',
  );
}

/** The entry of the list that names a certificate of a chain, the signer's own before those above it. */
export function findTrusted(
  chain: readonly X509Certificate[],
  trusted: readonly TrustedSigner[],
): TrustedSigner | null {
  for (const certificate of chain) {
    const fingerprint = fingerprintOf(certificate);
    const found = trusted.find((signer) => signer.fingerprint === fingerprint);
    if (found !== undefined) return found;
  }
  return null;
}

export function fingerprintOf(certificate: X509Certificate): Sha256 {
  return certificate.fingerprint256.replaceAll(":", "").toLowerCase();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
