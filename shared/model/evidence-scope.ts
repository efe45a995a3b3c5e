import { z } from "zod";

/**
 * What of the evidence is in the bundle. `sampled`: what the sampled items rest on, all commits of the release line, and
 * all deployment records. `all`: everything pulled; then the whole population can be re-performed too.
 */
export const EvidenceScope = z.enum(["sampled", "all"]);
export type EvidenceScope = z.infer<typeof EvidenceScope>;
