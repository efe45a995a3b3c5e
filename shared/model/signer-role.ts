import { z } from "zod";

/** As what somebody signs a bundle. A claim of the signer, which nobody confirms. */
export const SignerRole = z.enum(["preparer", "reviewer", "partner"]);
export type SignerRole = z.infer<typeof SignerRole>;
