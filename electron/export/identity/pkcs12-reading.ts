import { createHmac, createPrivateKey, type KeyObject, timingSafeEqual, X509Certificate } from "node:crypto";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import { checkIterations, decryptWithPassphrase, UnsupportedEncryption } from "./pkcs12-encryption.ts";
import { derivePkcs12, Purpose } from "./pkcs12-key-derivation.ts";

export interface Pkcs12Content {
  readonly keys: KeyObject[];
  readonly certificates: X509Certificate[];
}

/** Thrown when the MAC does not fit the passphrase. */
export class PassphraseWrong extends Error {}

const bagTypes = {
  key: "1.2.840.113549.1.12.10.1.1",
  shroudedKey: "1.2.840.113549.1.12.10.1.2",
  certificate: "1.2.840.113549.1.12.10.1.3",
} as const;
const x509Certificate = "1.2.840.113549.1.9.22.1";

const macHashes: Record<string, { name: "sha1" | "sha256" | "sha384" | "sha512"; length: number }> = {
  "1.3.14.3.2.26": { name: "sha1", length: 20 },
  "2.16.840.1.101.3.4.2.1": { name: "sha256", length: 32 },
  "2.16.840.1.101.3.4.2.2": { name: "sha384", length: 48 },
  "2.16.840.1.101.3.4.2.3": { name: "sha512", length: 64 },
};

/**
 * Keys and certificates of a PKCS#12 file (RFC 7292), with the file's MAC checked first.
 *
 * @throws PassphraseWrong, UnsupportedEncryption, or any error of the ASN.1 reader for what is no such file
 */
export async function readPkcs12(bytes: Uint8Array, passphrase: string): Promise<Pkcs12Content> {
  const file = pkijs.PFX.fromBER(new Uint8Array(bytes).buffer);
  const safe = octetsOf(file.authSafe.content);
  checkMac(file.macData, safe, passphrase);
  const content: Pkcs12Content = { keys: [], certificates: [] };
  for (const part of pkijs.AuthenticatedSafe.fromBER(new Uint8Array(safe).buffer).safeContents) {
    const bags = pkijs.SafeContents.fromBER(new Uint8Array(await openPart(part, passphrase)).buffer).safeBags;
    for (const bag of bags) await readBag(bag, passphrase, content);
  }
  return content;
}

/** Without a MAC any passphrase would seem to fit, and whoever can write the file could swap the key in it. */
function checkMac(mac: pkijs.MacData | undefined, safe: Uint8Array, passphrase: string): void {
  if (mac === undefined) throw new UnsupportedEncryption("no MAC, so that nothing protects it against change");
  const algorithm = mac.mac.digestAlgorithm.algorithmId;
  const hash = macHashes[algorithm];
  if (hash === undefined) throw new UnsupportedEncryption(`a MAC with ${algorithm}`);
  const expected = octetsOf(mac.mac.digest);
  if (expected.length !== hash.length) throw new UnsupportedEncryption(`a MAC of ${expected.length} bytes`);
  const rounds = checkIterations(mac.iterations ?? 1);
  const key = derivePkcs12(hash.name, passphrase, octetsOf(mac.macSalt), rounds, Purpose.mac, hash.length);
  const computed = createHmac(hash.name, key).update(safe).digest();
  if (!timingSafeEqual(expected, computed)) throw new PassphraseWrong();
}

async function openPart(part: pkijs.ContentInfo, passphrase: string): Promise<Uint8Array> {
  if (part.contentType === pkijs.ContentInfo.DATA) return octetsOf(part.content);
  if (part.contentType !== pkijs.ContentInfo.ENCRYPTED_DATA)
    throw new UnsupportedEncryption(`content ${part.contentType}`);
  const { encryptedContentInfo } = new pkijs.EncryptedData({ schema: part.content });
  const encrypted = new Uint8Array(encryptedContentInfo.getEncryptedContent());
  return decryptWithPassphrase(encryptedContentInfo.contentEncryptionAlgorithm, encrypted, passphrase);
}

async function readBag(bag: pkijs.SafeBag, passphrase: string, content: Pkcs12Content): Promise<void> {
  const { bagValue } = bag;
  if (bag.bagId === bagTypes.shroudedKey && bagValue instanceof pkijs.PKCS8ShroudedKeyBag) {
    const encrypted = octetsOf(bagValue.encryptedData);
    content.keys.push(keyOf(await decryptWithPassphrase(bagValue.encryptionAlgorithm, encrypted, passphrase)));
  } else if (bag.bagId === bagTypes.key && bagValue instanceof pkijs.PrivateKeyInfo) {
    content.keys.push(keyOf(Buffer.from(bagValue.toSchema().toBER())));
  } else if (bag.bagId === bagTypes.certificate && bagValue instanceof pkijs.CertBag) {
    if (bagValue.certId === x509Certificate)
      content.certificates.push(new X509Certificate(octetsOf(bagValue.certValue)));
  }
  // Other bags (revocation lists, secrets) are of no use for signing.
}

function keyOf(pkcs8: Buffer): KeyObject {
  return createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
}

function octetsOf(value: unknown): Uint8Array {
  if (!(value instanceof asn1js.OctetString)) throw new UnsupportedEncryption("content that is not an octet string");
  return new Uint8Array(value.getValue());
}
