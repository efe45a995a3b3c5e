import { z } from "zod";

/** How an export is split into several bundles: one for each control that was tested, or one for each sample. */
export const SplitBy = z.enum(["control", "sample"]);
export type SplitBy = z.infer<typeof SplitBy>;
