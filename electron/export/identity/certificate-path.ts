import type { X509Certificate } from "node:crypto";
import { TickmarkError } from "../../../shared/errors.ts";

/**
 * The certificates above a signer's, up to the root, from those at hand. Only issuers that really signed are taken. Signatures
 * carry all of them: without the root nobody could tell whether the rest was changed.
 *
 * @param from where the certificates come from, for people
 * @throws TickmarkError `identity-invalid` when one is missing
 */
export function completeChain(
  certificate: X509Certificate,
  available: readonly X509Certificate[],
  from: string,
): [X509Certificate, ...X509Certificate[]] {
  const chain: [X509Certificate, ...X509Certificate[]] = [certificate];
  for (let current = certificate; !isRoot(current); ) {
    const issuer = available.find(
      (each) => !chain.includes(each) && current.checkIssued(each) && current.verify(each.publicKey),
    );
    if (issuer === undefined) throw incomplete(current, from);
    chain.push(issuer);
    current = issuer;
  }
  return chain;
}

/** A distinguished name in one line. */
export function oneLine(name: string): string {
  return name.replaceAll("\n", ", ");
}

function incomplete(last: X509Certificate, from: string): TickmarkError {
  return new TickmarkError(
    "identity-invalid",
    `The ${from} holds the certificate of ${oneLine(last.subject)} and not that of its issuer, ${oneLine(last.issuer)}.`,
    from === "token"
      ? "Give the certificates above it in a file: --certificate chain.pem."
      : "Export it again with all certificates of the chain, or add them: openssl pkcs12 -export … -certfile chain.pem.",
  );
}

function isRoot(certificate: X509Certificate): boolean {
  return certificate.subject === certificate.issuer && certificate.verify(certificate.publicKey);
}
