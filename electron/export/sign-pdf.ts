import { type Instant, millisecondsOf } from "../../shared/model/instant.ts";
import type { SignerRole } from "../../shared/model/signer-role.ts";
import { signDetached } from "./cms.ts";
import type { SigningIdentity } from "./identity/signing-identity.ts";
import { digestAround, fillSignature, prepareSignature, type SignatureValue } from "./pdf-signature-field.ts";
import { type Stamp, timestampSignature } from "./timestamp/signature-timestamp.ts";

export interface PdfSignatureDetails {
  /** Why it is signed, as a viewer shows it: "Prepared", for instance. */
  readonly reason: string;
  /** The signer's name as a viewer shows it. */
  readonly name: string;
  readonly signedAt: Instant;
  readonly location?: string;
  /** What the signer says to be. */
  readonly role?: SignerRole;
}

/** Room for the signature besides the certificates, with the timestamp's token and the certificates in that. */
const signatureRoom = 12_288;

/**
 * Signs a PDF as PAdES (ETSI EN 319 142-1) in an incremental update: baseline B-B, or B-T when `stamp` has a timestamp to give.
 * Equal input gives equal bytes apart from signature and timestamp. A PDF that is signed already gets another signature, and
 * the first one stays valid.
 *
 * @throws TickmarkError `bundle-part-invalid` for a PDF that cannot be read, `identity-invalid` when a certificate is not
 * valid at that time
 */
export async function signPdf(
  pdf: Uint8Array,
  identity: SigningIdentity,
  details: PdfSignatureDetails,
  stamp: Stamp = async () => null,
): Promise<Buffer> {
  const room = signatureRoom + identity.chain.reduce((bytes, certificate) => bytes + certificate.raw.length, 0);
  const prepared = prepareSignature(pdf, room, describe(details));
  const signature = await signDetached(digestAround(prepared), identity, "pades", details);
  return fillSignature(prepared, await timestampSignature(signature, stamp));
}

function describe(details: PdfSignatureDetails): SignatureValue {
  const members = [
    `/M (${dateOf(details.signedAt)})`,
    `/Name ${textString(details.name)}`,
    `/Reason ${textString(details.reason)}`,
    ...(details.location === undefined ? [] : [`/Location ${textString(details.location)}`]),
  ];
  return {
    head: "/Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached",
    members: `${members.join(" ")} `,
  };
}

/** ISO 32000-1, 7.9.4: `D:YYYYMMDDHHmmSSZ`. */
function dateOf(instant: Instant): string {
  const digits = new Date(millisecondsOf(instant)).toISOString().replace(/[-T:]/g, "").slice(0, 14);
  return `D:${digits}Z`;
}

/** UTF-16 with its mark, in hexadecimal: no character of a name can end the string. */
function textString(text: string): string {
  return `<FEFF${Buffer.from(text, "utf16le").swap16().toString("hex").toUpperCase()}>`;
}
