import { z } from "zod";

/** A catalog's text as a window sends it. Longer ones are read from a file. */
export const CatalogSource = z.string().max(512 * 1024);

const CatalogMistake = z.object({
  /** Where it stands in the text, both from 1; null for what is wrong with the engagement's own parameters. */
  place: z.object({ line: z.int().positive(), column: z.int().positive() }).nullable(),
  /** What is wrong; it begins with the control and the field that it is in. */
  message: z.string(),
});
export type CatalogMistake = z.infer<typeof CatalogMistake>;

/** What parsing and type-checking a catalog found. Nothing of it was evaluated. */
export const CatalogCheck = z.object({
  /** In the order of the text; at most 200 of them. */
  mistakes: z.array(CatalogMistake),
  total: z.int().nonnegative(),
});
export type CatalogCheck = z.infer<typeof CatalogCheck>;
