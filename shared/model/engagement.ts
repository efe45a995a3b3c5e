import { z } from "zod";
import { Period } from "./period.ts";

/** One audit, one file. */
export const Engagement = z.object({
  id: z.uuid(),
  name: z.string().min(1).max(200),
  entity: z.string().min(1).max(200),
  period: Period,
  /** Name that acts are logged under. */
  auditor: z.string().min(1).max(200),
});
export type Engagement = z.infer<typeof Engagement>;
