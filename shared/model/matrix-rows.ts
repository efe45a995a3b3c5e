import { z } from "zod";
import { ItemOrder } from "./item-order.ts";
import { PopulationKind } from "./population-kind.ts";
import { Outcome } from "./result.ts";
import { MatrixView } from "./view.ts";

/** Which rows of a testing matrix, and in what order. */
export const MatrixQuery = z.object({
  population: PopulationKind,
  /** The initial draw of a sample that the auditor named; without it the sample. */
  sampleId: z.string().min(1).max(200).exactOptional(),
  /** Words of which each is found in id, title, repository, people or ticket keys, or a workpaper reference. */
  search: z.string().max(200).default(""),
  /** Deviations from `control`, or from any, as the rules found them, whatever was judged of them since. */
  show: z.enum(["all", "deviations"]).default("all"),
  /** Only items with this outcome of this control. */
  control: z.string().max(20).exactOptional(),
  outcome: Outcome.exactOptional(),
  /** `outcome`: the worst first, of `sortControl` or of all. Equal ones stay in the order of their references. */
  sort: z.enum(["ref", ...ItemOrder.options, "outcome"]).default("ref"),
  sortControl: z.string().max(20).exactOptional(),
  descending: z.boolean().default(false),
});
export type MatrixQuery = z.infer<typeof MatrixQuery>;

export const MatrixRow = MatrixView.shape.rows.element;
export type MatrixRow = z.infer<typeof MatrixRow>;

export const MatrixRows = z.object({
  /** How many rows the query finds. */
  total: z.int().nonnegative(),
  rows: z.array(MatrixRow),
  /** Where the item that was asked for stands among them; null where it does not, or none was asked for. */
  index: z.int().nonnegative().nullable(),
});
export type MatrixRows = z.infer<typeof MatrixRows>;
