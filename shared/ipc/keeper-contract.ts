import { z } from "zod";
import { EvidenceScope } from "../model/evidence-scope.ts";
import type { ConnectionTest, IpeRecord } from "../model/pull.ts";
import { SignerRole } from "../model/signer-role.ts";
import { NewKeyType, SigningKey, TimestampAuthority, TokenPlace } from "../model/signing-key.ts";
import { SplitBy } from "../model/split.ts";
import { type EngagementView, type ExportView, IdentityView, type SealView } from "../model/view.ts";

/*
 * What only the main process asks of the engine and of the verifier. The main process keeps the passphrase or PIN of the signing
 * identity and the tokens of sources, and adds them here; a window can neither read it nor ask for these directly.
 */

const path = z.string().min(1);

/** Of the sources asked, those that the keychain keeps, by name. The engine forgets them when the call is over. */
const Tokens = z.record(z.string(), z.string());

/** What the verifier is asked: the bundle that the window named, and the list of trusted signers that the application keeps. */
export const VerifyRequest = z.object({ zipPath: z.string().min(1), trustPath: z.string().exactOptional() });
export type VerifyRequest = z.infer<typeof VerifyRequest>;

export const keeperProcedures = {
  /** Opens a PKCS#12 file or a key on a token and answers with its IdentityView. */
  "identity.read": z.object({ key: SigningKey }),
  /** Makes a private root and a leaf and writes them to a new PKCS#12 file; answers with its IdentityView. */
  "identity.create": z.object({
    pkcs12Path: path,
    passphrase: z.string(),
    commonName: z.string(),
    organisation: z.string(),
    keyType: NewKeyType.default("rsa-3072"),
  }),
  /** Asks a source with which account it is read; answers with a ConnectionTest. */
  "source.test": z.object({ id: z.string(), tokens: Tokens.exactOptional() }),
  /** Pulls; answers with the IPE records. */
  "pull.run": z.object({ sources: z.array(z.string()).exactOptional(), tokens: Tokens.exactOptional() }),
  /** Exports the open engagement; answers with an ExportView. */
  "export.write": z.object({
    key: SigningKey,
    zipPath: path,
    evidence: EvidenceScope.default("sampled"),
    role: SignerRole.default("preparer"),
    timestamp: TimestampAuthority.exactOptional(),
    /** File with the rules of an edition for outsiders, which is made then. */
    redactionPath: path.exactOptional(),
    split: SplitBy.exactOptional(),
  }),
  /** Signs a finished bundle, and the report beside it, as one more person; answers with a SealView. */
  "bundle.sign": z.object({
    key: SigningKey,
    zipPath: path,
    /** The report beside the bundle; `NAME.pdf` beside `NAME.zip`, where there is one, without it. */
    pdfPath: path.exactOptional(),
    role: SignerRole,
    timestamp: TimestampAuthority.exactOptional(),
  }),
  /** Adds timestamps to the signatures of a finished bundle and of the report beside it; answers with a SealView. */
  "bundle.timestamp": z.object({ zipPath: path, pdfPath: path.exactOptional(), timestamp: TimestampAuthority }),
  /** Verifies a bundle and opens its content to look at; answers with an EngagementView. */
  "bundle.browse": VerifyRequest,
} as const;

/** Where the token's key is found, as the main process remembers it, with the identity that it showed then. No secret. */
export const NotedToken = z.object({ token: TokenPlace, view: IdentityView });
export type NotedToken = z.infer<typeof NotedToken>;

export type KeeperProcedure = keyof typeof keeperProcedures;
export type KeeperRequest<P extends KeeperProcedure> = z.input<(typeof keeperProcedures)[P]>;

export interface KeeperResponse {
  "identity.read": IdentityView;
  "identity.create": IdentityView;
  "source.test": ConnectionTest;
  "pull.run": IpeRecord[];
  "export.write": ExportView;
  "bundle.sign": SealView;
  "bundle.timestamp": SealView;
  "bundle.browse": EngagementView;
}
