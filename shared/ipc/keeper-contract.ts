import { z } from "zod";
import { EvidenceScope } from "../model/evidence-scope.ts";
import type { ExportView, IdentityView } from "../model/view.ts";

/*
 * What only the main process asks of the engine and of the verifier. The main process keeps the passphrase of the signing identity and adds
 * it here; a window can neither read it nor ask for these directly.
 */

const key = { pkcs12Path: z.string().min(1), passphrase: z.string() };

export const keeperProcedures = {
  /** Reads a PKCS#12 file and answers with its IdentityView; `passphrase-wrong` or `identity-invalid` otherwise. */
  "identity.read": z.object(key),
  /** Makes a private root and a leaf and writes them to a new PKCS#12 file; answers with its IdentityView. */
  "identity.create": z.object({ ...key, commonName: z.string(), organisation: z.string() }),
  /** Exports the open engagement; answers with an ExportView. */
  "export.write": z.object({ ...key, zipPath: z.string().min(1), evidence: EvidenceScope.default("sampled") }),
} as const;

/** What the verifier is asked: the bundle that the window named, and the list of trusted signers that the application keeps. */
export const VerifyRequest = z.object({ zipPath: z.string().min(1), trustPath: z.string().exactOptional() });
export type VerifyRequest = z.infer<typeof VerifyRequest>;

export type KeeperProcedure = keyof typeof keeperProcedures;
export type KeeperRequest<P extends KeeperProcedure> = z.input<(typeof keeperProcedures)[P]>;

export interface KeeperResponse {
  "identity.read": IdentityView;
  "identity.create": IdentityView;
  "export.write": ExportView;
}
