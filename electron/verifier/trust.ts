import type { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
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
  /** From when on nothing signed with it counts, because its holder said so: the key was lost, for instance. */
  revokedAt: Instant.exactOptional(),
});
export type TrustedSigner = z.infer<typeof TrustedSigner>;

/** A timestamp authority whose word on times counts. */
export const TrustedAuthority = z.object({
  name: z.string().min(1),
  /** SHA-256 of the authority's certificate, or of a certificate above it, in DER. */
  fingerprint: Fingerprint,
  /** That certificate in PEM, where timestamps do not bring it along: a root usually stays away. */
  certificate: z.string().exactOptional(),
  addedAt: Instant,
  note: z.string().exactOptional(),
});
export type TrustedAuthority = z.infer<typeof TrustedAuthority>;

const TrustFile = z.object({
  signers: z.array(TrustedSigner),
  timestampAuthorities: z.array(TrustedAuthority).default([]),
  /** Files with revocation lists (CRL, in DER or PEM), relative to the folder of this list. */
  revocationLists: z.array(z.string().min(1)).default([]),
});

/** Whom the one who verifies trusts. Nothing of it comes from a bundle. */
export interface Trust {
  readonly signers: readonly TrustedSigner[];
  readonly timestampAuthorities: readonly TrustedAuthority[];
  /** Paths. */
  readonly revocationLists: readonly string[];
}

export const trustNobody: Trust = { signers: [], timestampAuthorities: [], revocationLists: [] };

/**
 * The list of trusted signers: kept by whoever verifies, outside of every bundle. A bundle that could say who is trusted would
 * verify itself.
 *
 * @throws TickmarkError `file-missing`, `file-unreadable` or `request-invalid`
 */
export async function readTrust(path: string): Promise<Trust> {
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
  return parseTrust(text, path);
}

export function parseTrust(text: string, path: string): Trust {
  const checked = TrustFile.safeParse(parseJson(text));
  if (checked.success) {
    const { signers, timestampAuthorities, revocationLists } = checked.data;
    const lists = revocationLists.map((list) => resolve(dirname(path), list));
    return { signers, timestampAuthorities, revocationLists: lists };
  }
  const issue = checked.error.issues[0];
  throw new TickmarkError(
    "request-invalid",
    `The list of trusted signers ${path} is wrong at "${issue?.path.join(".") ?? ""}": ${issue?.message ?? "unknown"}.`,
    'Write it as {"signers": [{"name": …, "fingerprint": SHA-256, "addedAt": time, "note": …}]}.',
  );
}

/** The entry of the list that names a certificate of a chain, the signer's own before those above it. */
export function findTrusted<T extends { readonly fingerprint: Sha256 }>(
  chain: readonly X509Certificate[],
  trusted: readonly T[],
): T | null {
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
