import { z } from "zod";
import { Instant } from "./instant.ts";

/** What a token is called in the system's keychain; sources name it, and it says nothing of the token. */
export const TokenName = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9 ._@-]{0,62}$/, "letters, digits, spaces and . _ @ -, at most 63");

/** A token that the window keeps, without the token. */
export const KeptToken = z.object({
  name: TokenName,
  /** Whose it is, in the words of whoever kept it: an account, a robot. May be empty. */
  account: z.string().trim().max(200),
  keptAt: Instant,
  /** `memory`: it is forgotten when Tickmark closes, because the system has no keychain. */
  where: z.enum(["keychain", "memory"]),
});
export type KeptToken = z.infer<typeof KeptToken>;

/** Tokens by name, and whether this system has a keychain that can keep more. */
export const KeptTokens = z.object({ hasKeychain: z.boolean(), tokens: z.array(KeptToken) });
export type KeptTokens = z.infer<typeof KeptTokens>;
