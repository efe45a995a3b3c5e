import { z } from "zod";
import { type Catalog, populationsOf } from "../model/catalog.ts";
import { SplitBy } from "../model/split.ts";
import type { TestedSample } from "../sample/tested-samples.ts";

/** Which part of an engagement a bundle is, of several that were exported together. */
export const BundleSplit = z.object({
  by: SplitBy,
  /** Id of a control, or workpaper reference of a sample: `C`, `C.T1`. */
  part: z.string().min(1),
  /** File names of the other parts, as they were exported. */
  siblings: z.array(z.string()),
});
export type BundleSplit = z.infer<typeof BundleSplit>;

/** What a bundle states something about. One that is no part states everything. */
type Part = Pick<BundleSplit, "by" | "part"> | undefined;

/** A sample is in the part that is named after it, or in that of each control that is tested on it. */
export function isSampleInPart(split: Part, sample: TestedSample, catalog: Catalog): boolean {
  if (split === undefined) return true;
  if (split.by === "sample") return sample.reference === split.part;
  const control = catalog.controls.find(({ id }) => id === split.part);
  return control !== undefined && populationsOf(control).includes(sample.population);
}

export function isControlInPart(split: Part, control: string): boolean {
  return split === undefined || split.by === "sample" || split.part === control;
}

/** The parts of an engagement: nothing that was tested is in none of them. */
export function partsOf(by: SplitBy, samples: readonly TestedSample[], catalog: Catalog): string[] {
  if (by === "sample") return samples.map(({ reference }) => reference);
  const controls = catalog.controls.filter((control) =>
    samples.some(({ population }) => populationsOf(control).includes(population)),
  );
  return controls.map(({ id }) => id);
}
