/** Object identifiers of signatures, by what they name. Each with its standard. */
export const oids = {
  // RFC 5652
  data: "1.2.840.113549.1.7.1",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingTime: "1.2.840.113549.1.9.5",
  // RFC 5035 and, for the older one by SHA-1, RFC 2634
  signingCertificate: "1.2.840.113549.1.9.16.2.12",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
  // ETSI EN 319 122-1, 5.2.6, and the attribute for a role in it (ITU-T X.509)
  signerAttributesV2: "0.4.0.19122.1.1",
  role: "2.5.4.72",
  // RFC 3161, and where CAdES puts a timestamp over a signature (ETSI EN 319 122-1, 5.3)
  timestampInfo: "1.2.840.113549.1.9.16.1.4",
  signatureTimestamp: "1.2.840.113549.1.9.16.2.14",
  timestamping: "1.3.6.1.5.5.7.3.8",
  sha256: "2.16.840.1.101.3.4.2.1",
  sha384: "2.16.840.1.101.3.4.2.2",
  sha512: "2.16.840.1.101.3.4.2.3",
  rsaEncryption: "1.2.840.113549.1.1.1",
  ecdsaWithSha256: "1.2.840.10045.4.3.2",
} as const;

export type DigestName = "sha256" | "sha384" | "sha512";

export const digestNames: Readonly<Record<string, DigestName>> = {
  [oids.sha256]: "sha256",
  [oids.sha384]: "sha384",
  [oids.sha512]: "sha512",
};

/**
 * What a signature may be made with, and with which digest; `null` where the digest is named beside it. Nothing weaker is
 * accepted, whoever signed.
 */
export const signatureAlgorithms: Readonly<Record<string, { key: "rsa" | "ec"; digest: DigestName | null }>> = {
  [oids.rsaEncryption]: { key: "rsa", digest: null },
  "1.2.840.113549.1.1.11": { key: "rsa", digest: "sha256" },
  "1.2.840.113549.1.1.12": { key: "rsa", digest: "sha384" },
  "1.2.840.113549.1.1.13": { key: "rsa", digest: "sha512" },
  [oids.ecdsaWithSha256]: { key: "ec", digest: "sha256" },
  "1.2.840.10045.4.3.3": { key: "ec", digest: "sha384" },
  "1.2.840.10045.4.3.4": { key: "ec", digest: "sha512" },
};

/** Curves that a key may be on, by Node's names. */
export const curves = ["prime256v1", "secp384r1", "secp521r1"];
/** A shorter RSA key than this, in bits, can be broken. */
export const shortestRsa = 2048;

/** What is refused has a name that people know it by. */
const names: Readonly<Record<string, string>> = {
  "1.2.840.113549.2.2": "MD2",
  "1.2.840.113549.2.5": "MD5",
  "1.3.14.3.2.26": "SHA-1",
  "2.16.840.1.101.3.4.2.4": "SHA-224",
  [oids.sha256]: "SHA-256",
  [oids.sha384]: "SHA-384",
  [oids.sha512]: "SHA-512",
  "2.16.840.1.101.3.4.2.8": "SHA3-256",
  "2.16.840.1.101.3.4.2.10": "SHA3-512",
  "1.3.36.3.2.1": "RIPEMD-160",
  [oids.rsaEncryption]: "RSA",
  "1.2.840.113549.1.1.4": "RSA with MD5",
  "1.2.840.113549.1.1.5": "RSA with SHA-1",
  "1.2.840.113549.1.1.10": "RSA-PSS",
  "1.2.840.113549.1.1.14": "RSA with SHA-224",
  "1.2.840.10045.4.1": "ECDSA with SHA-1",
  "1.2.840.10045.4.3.1": "ECDSA with SHA-224",
  "1.2.840.10040.4.3": "DSA with SHA-1",
  "2.16.840.1.101.3.4.3.2": "DSA with SHA-256",
  "1.3.101.112": "Ed25519",
  "1.3.101.113": "Ed448",
};

/** `SHA-1 (1.3.14.3.2.26)`; the bare identifier of what has no name here. */
export function nameOfAlgorithm(oid: string): string {
  return names[oid] === undefined ? oid : `${names[oid]} (${oid})`;
}
