import type { ReportContent } from "../../../../shared/model/report.ts";

type Reconciliation = ReportContent["reconciliation"];

/** Sides, figures and counts; a side is named once. A count of null was not covered, which is not zero: nobody looked. */
export function reconciliationFigures(
  reconciliation: Reconciliation,
): (readonly [side: string, name: string, count: number | null])[];
/** What stands alone on each side, by the name of its list; empty lists are left out. */
export function reconciliationOrphans(
  reconciliation: Reconciliation,
): (readonly [name: string, ids: readonly string[]])[];
