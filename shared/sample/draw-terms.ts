import type { Draw } from "../model/sample.ts";
import type { StrataOfItems } from "./stratified-selection.ts";

/** What is drawn from. */
export interface DrawFrame {
  /** Ids of the frozen population. */
  readonly ids: readonly string[];
  /** Stratum of each of them; needed by stratified draws only. */
  readonly strata: StrataOfItems | null;
}

/** What of a draw decides its items. Those that the auditor named are taken over. */
export type DrawTerms = Pick<Draw, "method" | "seed" | "size" | "purpose" | "strata" | "items">;
