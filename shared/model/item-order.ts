import { z } from "zod";

/** What a list of items can be put in order by; `people` are those who made or did them. Letters count without regard to case. */
export const ItemOrder = z.enum(["id", "title", "repository", "people", "at"]);
export type ItemOrder = z.infer<typeof ItemOrder>;
