import type { PopulationKind } from "../../../../shared/model/population-kind.ts";
import type { ReportContent } from "../../../../shared/model/report.ts";
import type { MatrixView } from "../../../../shared/model/view.ts";

/** Sampled items by controls, to be filtered and searched. */
export function matrixView(data: ReportContent, population: PopulationKind): unknown[];
/** Whether a row has the outcome that is looked for, under the control that is looked at, and the words that are searched. */
export function keepsRow(
  row: MatrixView["rows"][number],
  choice: { readonly filter: string; readonly control: string; readonly search: string },
): boolean;
