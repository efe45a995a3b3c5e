import { z } from "zod";
import { EvidencePlace } from "./evidence.ts";

/** Where a fact was read. */
export const Origin = EvidencePlace.extend({ source: z.string() });
export type Origin = z.infer<typeof Origin>;

/** What every fact has: where it was read. */
export const factBase = { origin: Origin } as const;
