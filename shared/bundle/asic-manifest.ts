import { signaturePath as firstSignaturePath } from "./container-names.ts";

/** A file of the container under the signature. */
export interface DataReference {
  readonly path: string;
  readonly mediaType: string;
  /** SHA-256 of the file's bytes, in base64 as XML signatures write it. */
  readonly sha256Base64: string;
}

/**
 * `META-INF/ASiCManifest001.xml` and its like (ETSI EN 319 162-1, annex A.4), line by line: names the signature file and the digest of
 * every file that it covers. The signature is over exactly these bytes. There is one spelling for given references, so that
 * verification writes the text again and compares, and needs no XML parser for a hostile file.
 */
export function* asicManifestLines(
  references: Iterable<DataReference>,
  signaturePath: string = firstSignaturePath,
): Generator<string> {
  const head = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#">',
    `<asic:SigReference URI="${signaturePath}" MimeType="application/pkcs7-signature"/>`,
  ];
  for (const line of head) yield `${line}\n`;
  for (const reference of references) yield `${encodeReference(reference)}\n`;
  yield "</asic:ASiCManifest>\n";
}

function encodeReference(reference: DataReference): string {
  const method = '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>';
  const value = `<ds:DigestValue>${reference.sha256Base64}</ds:DigestValue>`;
  const attributes = `URI="${encodeUri(reference.path)}" MimeType="${escapeAttribute(reference.mediaType)}"`;
  return `<asic:DataObjectReference ${attributes}>${method}${value}</asic:DataObjectReference>`;
}

/** A relative URI reference: what RFC 3986 does not allow in a path segment is percent-encoded as UTF-8. */
function encodeUri(path: string): string {
  return escapeAttribute(path.split("/").map(encodeURIComponent).join("/"));
}

function escapeAttribute(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;").replace(/'/g, "&apos;");
}
