import { z } from "zod";
import { PopulationKind } from "./sample.ts";

/** Outcomes of one control over a sample. Numbers with limits come with the sampling stage; these are counts. */
export const ControlSummary = z.object({
  control: z.string(),
  title: z.string(),
  population: PopulationKind,
  drawId: z.string(),
  tested: z.int(),
  pass: z.int(),
  fail: z.int(),
  noEvidence: z.int(),
  notApplicable: z.int(),
  /** Failures and missing evidence: an item that could not be tested counts as a deviation (PCAOB AS 2315.40). */
  deviations: z.int(),
});
export type ControlSummary = z.infer<typeof ControlSummary>;
