import { z } from "zod";

/** Lower-case hexadecimal SHA-256. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export type Sha256 = z.infer<typeof Sha256>;

/** A git object id, SHA-1 or SHA-256, lower-case hexadecimal. */
export const ObjectId = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/);
export type ObjectId = z.infer<typeof ObjectId>;

/** SHA-256 of bytes, or of a string's UTF-8. Handed in from outside, since this folder has no cryptography of its own. */
export type Digest = (content: Uint8Array | string) => Sha256;
