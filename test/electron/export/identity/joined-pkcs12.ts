import { createHmac } from "node:crypto";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import { derivePkcs12, Purpose } from "../../../../electron/export/identity/pkcs12-key-derivation.ts";

const sha256 = "2.16.840.1.101.3.4.2.1";

/** One PKCS#12 file with all that several files hold, which openssl does not write. The same passphrase opens them all. */
export function joinPkcs12(files: readonly Buffer[], passphrase: string): Buffer {
  const safeContents = files.flatMap((bytes) => {
    const { authSafe } = pkijs.PFX.fromBER(new Uint8Array(bytes).buffer);
    const safe = authSafe.content as asn1js.OctetString;
    return pkijs.AuthenticatedSafe.fromBER(safe.getValue()).safeContents;
  });
  const safe = Buffer.from(new pkijs.AuthenticatedSafe({ safeContents }).toSchema().toBER());
  const salt = Buffer.from("salt of a test");
  const key = derivePkcs12("sha256", passphrase, salt, 1, Purpose.mac, 32);
  const octets = (content: Buffer) => new asn1js.OctetString({ valueHex: new Uint8Array(content).buffer });
  const file = new pkijs.PFX({
    version: 3,
    authSafe: new pkijs.ContentInfo({ contentType: pkijs.ContentInfo.DATA, content: octets(safe) }),
    macData: new pkijs.MacData({
      mac: new pkijs.DigestInfo({
        digestAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: sha256, algorithmParams: new asn1js.Null() }),
        digest: octets(createHmac("sha256", key).update(safe).digest()),
      }),
      macSalt: octets(salt),
      iterations: 1,
    }),
  });
  return Buffer.from(file.toSchema().toBER());
}
