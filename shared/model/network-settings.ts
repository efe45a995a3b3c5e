import { z } from "zod";

/**
 * How the server of a source is reached, where the usual way does not lead there. The same for every source that is
 * read over the network. Holds no secret: a proxy with a password is named in the variable HTTPS_PROXY.
 */
export const networkSettings = {
  /** `http://host:port` or `https://host:port`. Without it what HTTPS_PROXY, HTTP_PROXY and NO_PROXY say. */
  proxy: z
    .url({ protocol: /^https?$/ })
    .refine((address) => !/^https?:\/\/[^/]*@/i.test(address), "name a proxy with a password in HTTPS_PROXY")
    .optional(),
  /** PEM file of certificate authorities that are trusted besides the system's. */
  caFile: z.string().min(1).optional(),
  /** Fingerprint of the only certificate that is accepted, whoever signed it: `sha256:` and 64 hexadecimal digits. */
  trustCertificate: z
    .string()
    .transform((text) => text.toLowerCase().replace(/(?<=^sha256:.*):/g, ""))
    .pipe(z.string().regex(/^sha256:[0-9a-f]{64}$/, "sha256: and the 64 digits of the certificate's fingerprint"))
    .optional(),
  /** The token may go to a host without encryption, where everybody on the way can read it. */
  allowUnencrypted: z.boolean().optional(),
  /** How long one answer may take. */
  timeoutSeconds: z.int().min(1).max(600).optional(),
} as const;

export const NetworkSettings = z.object(networkSettings);
export type NetworkSettings = z.infer<typeof NetworkSettings>;
