import { createHash } from "node:crypto";
import { encodeEnvelope, preAuthenticationHead } from "../../shared/bundle/attestation/envelope.ts";
import type { Statement } from "../../shared/bundle/attestation/statements.ts";
import { encodeCanonical } from "../../shared/model/canonical-json.ts";
import type { SigningIdentity } from "./identity/signing-identity.ts";

/**
 * The statements, each signed in a DSSE envelope on a line of its own. RSA signatures come out the same each time; ECDSA takes a
 * random number for each, so that only payloads are the same then.
 *
 * @throws TickmarkError of a token that does not sign
 */
export async function signStatements(statements: readonly Statement[], identity: SigningIdentity): Promise<string> {
  const lines: string[] = [];
  // One after the other: a token signs one thing at a time.
  for (const statement of statements) {
    const payload = Buffer.from(encodeCanonical(statement));
    const head = Buffer.from(preAuthenticationHead(payload.length));
    const signature = await identity.sign(Buffer.concat([head, payload]));
    lines.push(
      encodeEnvelope({
        payload: payload.toString("base64"),
        keyId: keyIdOf(identity),
        signature: Buffer.from(signature).toString("base64"),
      }),
    );
  }
  return lines.join("");
}

/** SHA-256 of the public key as it stands in the certificate (SubjectPublicKeyInfo, DER). */
function keyIdOf({ chain }: SigningIdentity): string {
  const key = chain[0].publicKey.export({ type: "spki", format: "der" });
  return createHash("sha256").update(key).digest("hex");
}
