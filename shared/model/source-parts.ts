import { z } from "zod";

const Id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "lower-case letters, digits and hyphens");

/** What every kind of source has. */
export const common = { id: Id };

/** The engagement's own short name for a repository: what joins git, code host, CI and deployments of one code base. */
export const repository = z.string().min(1).max(100);

/** Where a secret is kept; never the secret. The window uses the system's keychain, the command line a variable or a file. */
export const SecretPlace = z.discriminatedUnion("in", [
  z.object({ in: z.literal("environment"), name: z.string().min(1) }),
  z.object({ in: z.literal("file"), path: z.string().min(1) }),
  z.object({ in: z.literal("keychain"), name: z.string().min(1) }),
]);
export type SecretPlace = z.infer<typeof SecretPlace>;
