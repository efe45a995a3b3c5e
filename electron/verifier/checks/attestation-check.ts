import { createHash, verify, X509Certificate } from "node:crypto";
import { preAuthenticationHead, readEnvelope } from "../../../shared/bundle/attestation/envelope.ts";
import type { Statement } from "../../../shared/bundle/attestation/statements.ts";
import type { BundledFile } from "../../../shared/bundle/audit-record.ts";
import type { BundleContents } from "../../../shared/bundle/bundle-contents.ts";
import { attestationSignerPath, attestationsPath } from "../../../shared/bundle/document-paths.ts";
import { encodeCanonical } from "../../../shared/model/canonical-json.ts";
import { type Check, type Difference, failed, notPossible, passed } from "../../../shared/model/verification-report.ts";
import { firstDifference } from "../../../shared/verification/difference.ts";
import { readLines } from "../../../shared/verification/part-lines.ts";
import { fingerprintOf } from "../trust.ts";

export interface AttestationChecking {
  /** SHA-256 of the certificate that signed the bundle first. */
  readonly signer: string;
  /** Where another version wrote the bundle, what that is: its statements may be others. Null where this one did. */
  readonly otherProgram: string | null;
}

/**
 * Each envelope (DSSE) is signed by the certificate that signed the bundle, over the pre-authentication encoding of its payload; and the
 * payloads are the statements that the data gives, over the files that are in the bundle, with their hashes.
 *
 * @param attested see `DerivedDocuments`
 */
export async function checkAttestations(
  contents: BundleContents,
  attested: (files: readonly BundledFile[]) => Statement[],
  { signer, otherProgram }: AttestationChecking,
): Promise<Check> {
  const missing = new Set([attestationsPath, attestationSignerPath]);
  const named: BundledFile[] = [];
  for (const { path, sha256, role } of contents.manifest.files) {
    missing.delete(path);
    if (role !== "evidence" && role !== "attestation") named.push({ path, sha256 });
  }
  const [absent] = missing;
  if (absent !== undefined) {
    if (otherProgram !== null) return notPossible("attestations", `The bundle, made by ${otherProgram}, has none.`);
    const difference = { subject: absent, expected: "nothing", found: "a file of each bundle" };
    return failed("attestations", "The bundle lacks its attestations.", difference);
  }
  const certificate = readCertificate(await contents.read(attestationSignerPath));
  const who = certificate === null ? "no certificate" : fingerprintOf(certificate);
  if (certificate === null || who !== signer) {
    const difference = { subject: attestationSignerPath, expected: who, found: signer };
    return failed("attestations", "They name another signer than that of the bundle.", difference);
  }
  const payloads: unknown[] = [];
  for await (const line of readLines(contents.stream(attestationsPath))) {
    const subject = `${attestationsPath} line ${payloads.length + 1}`;
    const read = readSigned(Buffer.from(line), certificate);
    if ("what" in read) {
      const { what, ...difference } = read;
      return failed("attestations", what, { subject, ...difference });
    }
    payloads.push(read.payload);
  }
  const statements = attested(named);
  const difference = firstDifference(payloads.map(inOrder), statements.map(inOrder));
  const count = `${payloads.length} statements are signed by the signer of the bundle`;
  if (difference.path === "")
    return passed("attestations", `${count}, over the files that are in it, and say what the data says.`);
  const subject = `${attestationsPath} ${difference.path}`;
  const values = { subject, expected: difference.left, found: difference.right };
  if (otherProgram === null) return failed("attestations", "A statement says something else than the data.", values);
  return notPossible(
    "attestations",
    `${count}. A statement says something else than the data gives now. The bundle says that ${otherProgram} wrote it, whose statements may be others: verify them with that version.`,
    values,
  );
}

type Unsigned = Difference & { readonly what: string };

function readSigned(line: Buffer, certificate: X509Certificate): { readonly payload: unknown } | Unsigned {
  const envelope = readEnvelope(line.toString());
  const payload = envelope === null ? null : fromBase64(envelope.payload);
  const signature = envelope === null ? null : fromBase64(envelope.signature);
  if (envelope === null || payload === null || signature === null)
    return { what: "An attestation is no envelope (DSSE)." };
  const key = createHash("sha256")
    .update(certificate.publicKey.export({ type: "spki", format: "der" }))
    .digest("hex");
  if (envelope.keyId !== key)
    return { what: "An attestation names another key than the signer's.", expected: envelope.keyId, found: key };
  const signed = Buffer.concat([Buffer.from(preAuthenticationHead(payload.length)), payload]);
  if (!verify("sha256", signed, certificate.publicKey, signature)) {
    const values = { expected: `a signature over SHA-256 ${sha256Of(signed)}`, found: "one over something else" };
    return { what: "The signature of an attestation does not hold.", ...values };
  }
  const text = payload.toString();
  const statement = parse(text);
  // Read in one way only: a member given twice would say one thing to this reader and another to the next.
  if (statement === undefined || encodeCanonical(statement) !== text)
    return { what: "An attestation is not written in canonical JSON (RFC 8785)." };
  return { payload: statement };
}

/** in-toto: a statement's subjects are a set. */
function inOrder(statement: unknown): unknown {
  if (typeof statement !== "object" || statement === null || !("subject" in statement)) return statement;
  if (!Array.isArray(statement.subject)) return statement;
  return { ...statement, subject: statement.subject.toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1)) };
}

function nameOf(subject: unknown): string {
  return encodeCanonical(subject);
}

function readCertificate(pem: Uint8Array): X509Certificate | null {
  try {
    const certificate = new X509Certificate(pem);
    return certificate.toString().trim() === Buffer.from(pem).toString().trim() ? certificate : null;
  } catch {
    return null;
  }
}

function fromBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sha256Of(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
