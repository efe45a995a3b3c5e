import { z } from "zod";

const path = z.string().min(1).max(4096);
const label = z.string().min(1).max(200);

/** A signing key on a token (PKCS#11), found and never read: it signs where it lies. */
export const TokenPlace = z.strictObject({
  /** The library that speaks to the token, from whoever made it. */
  modulePath: path,
  /** Which token, by its label; needed when several are there. */
  tokenLabel: label.exactOptional(),
  /** Which key, by label or by id in hexadecimal; needed when several are there. */
  keyLabel: label.exactOptional(),
  keyId: z
    .string()
    .regex(/^([0-9a-fA-F]{2})+$/)
    .max(200)
    .exactOptional(),
  /** File with the key's certificate and those above it, in PEM, where the token does not hold them. */
  certificatePath: path.exactOptional(),
});
export type TokenPlace = z.infer<typeof TokenPlace>;

/** What a bundle is signed with, and what opens it. The secret stays with whoever keeps it: no window and no file has this. */
export const SigningKey = z.union([
  z.strictObject({
    pkcs12Path: path,
    passphrase: z.string(),
    /** Which certificate's key, when the file holds several: its SHA-256, or the common name of its holder. */
    certificate: label.exactOptional(),
  }),
  z.strictObject({ token: TokenPlace, pin: z.string() }),
]);
export type SigningKey = z.infer<typeof SigningKey>;

export const NewKeyType = z.enum(["rsa-3072", "ecdsa-p256"]);
export type NewKeyType = z.infer<typeof NewKeyType>;

/** Where timestamps come from (RFC 3161). */
export const TimestampAuthority = z.strictObject({
  url: z.string().min(1).max(2000),
  /** Under which it shall give them, an object identifier; its own choice without one. */
  policy: z.string().max(200).exactOptional(),
});
export type TimestampAuthority = z.infer<typeof TimestampAuthority>;
