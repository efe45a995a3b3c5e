import type { ReportContent } from "../../../../shared/model/report.ts";
import type { MatrixView } from "../../../../shared/model/view.ts";

type MatrixRow = MatrixView["rows"][number];

const known = new WeakMap<ReportContent, ReadonlyMap<string, MatrixRow>>();

/** Item id → its row in a matrix, with its workpaper reference. */
export function itemRefs(content: ReportContent): ReadonlyMap<string, MatrixRow> {
  let refs = known.get(content);
  if (refs === undefined) {
    refs = new Map(content.matrices.flatMap(({ rows }) => rows.map((row) => [row.id, row] as const)));
    known.set(content, refs);
  }
  return refs;
}
