import { createHash, createHmac, type KeyObject, randomBytes, type X509Certificate } from "node:crypto";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import { encryptWithPassphrase } from "./pkcs12-encryption.ts";
import { derivePkcs12, Purpose } from "./pkcs12-key-derivation.ts";

// The MAC lets an attacker test passphrases just as the encryption does, so it must cost as much.
const macIterations = 600_000;
const oids = { sha256: "2.16.840.1.101.3.4.2.1", x509Certificate: "1.2.840.113549.1.9.22.1" } as const;

/** A PKCS#12 file (RFC 7292) with one key, encrypted, and its certificates, which are public. The first one is the key's. */
export async function writePkcs12(
  key: KeyObject,
  certificates: readonly X509Certificate[],
  friendlyName: string,
  passphrase: string,
): Promise<Buffer> {
  const [certificate] = certificates;
  const keyId = createHash("sha256")
    .update(certificate?.raw ?? "")
    .digest()
    .subarray(0, 20);
  const attributes = bagAttributes(keyId, friendlyName);
  const { algorithm, encrypted } = await encryptWithPassphrase(
    key.export({ format: "der", type: "pkcs8" }),
    passphrase,
  );
  const keyBag = new pkijs.SafeBag({
    bagId: "1.2.840.113549.1.12.10.1.2",
    bagValue: new pkijs.PKCS8ShroudedKeyBag({ encryptionAlgorithm: algorithm, encryptedData: octets(encrypted) }),
    bagAttributes: attributes,
  });
  const certificateBags = certificates.map((each, index) => {
    const bagValue = new pkijs.CertBag({ certId: oids.x509Certificate, certValue: octets(each.raw) });
    const bag = { bagId: "1.2.840.113549.1.12.10.1.3", bagValue };
    return new pkijs.SafeBag(index === 0 ? { ...bag, bagAttributes: attributes } : bag);
  });
  const safe = new pkijs.AuthenticatedSafe({
    safeContents: [
      dataOf(new pkijs.SafeContents({ safeBags: certificateBags })),
      dataOf(new pkijs.SafeContents({ safeBags: [keyBag] })),
    ],
  });
  return sealWithMac(Buffer.from(safe.toSchema().toBER()), passphrase);
}

function sealWithMac(safe: Buffer, passphrase: string): Buffer {
  const salt = randomBytes(16);
  const key = derivePkcs12("sha256", passphrase, salt, macIterations, Purpose.mac, 32);
  const mac = createHmac("sha256", key).update(safe).digest();
  const file = new pkijs.PFX({
    version: 3,
    authSafe: new pkijs.ContentInfo({ contentType: pkijs.ContentInfo.DATA, content: octets(safe) }),
    macData: new pkijs.MacData({
      mac: new pkijs.DigestInfo({
        digestAlgorithm: new pkijs.AlgorithmIdentifier({
          algorithmId: oids.sha256,
          algorithmParams: new asn1js.Null(),
        }),
        digest: octets(mac),
      }),
      macSalt: octets(salt),
      iterations: macIterations,
    }),
  });
  return Buffer.from(file.toSchema().toBER());
}

function dataOf(content: pkijs.SafeContents): pkijs.ContentInfo {
  return new pkijs.ContentInfo({
    contentType: pkijs.ContentInfo.DATA,
    content: octets(new Uint8Array(content.toSchema().toBER())),
  });
}

/** Tells which certificate is the key's, and what to call the pair in a list. */
function bagAttributes(keyId: Uint8Array, friendlyName: string): pkijs.Attribute[] {
  return [
    new pkijs.Attribute({ type: "1.2.840.113549.1.9.21", values: [octets(keyId)] }),
    new pkijs.Attribute({ type: "1.2.840.113549.1.9.20", values: [new asn1js.BmpString({ value: friendlyName })] }),
  ];
}

function octets(bytes: Uint8Array): asn1js.OctetString {
  return new asn1js.OctetString({ valueHex: new Uint8Array(bytes).buffer });
}
