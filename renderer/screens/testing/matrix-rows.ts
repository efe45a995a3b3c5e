import type { MatrixView } from "../../../shared/model/view.ts";

export type MatrixRow = MatrixView["rows"][number];
export type Show = "all" | "deviations";

/** A control that failed or could not be tested for want of evidence: both are deviations until the auditor says otherwise. */
export function isDeviating(row: MatrixRow): boolean {
  return Object.values(row.outcomes).some((outcome) => outcome === "fail" || outcome === "no-evidence");
}

/** Rows in which every word of the filter is found, and only deviating ones where asked. */
export function filterRows(rows: readonly MatrixRow[], filter: string, show: Show): readonly MatrixRow[] {
  const sought = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (sought.length === 0 && show === "all") return rows;
  return rows.filter((row) => {
    if (show === "deviations" && !isDeviating(row)) return false;
    const text = [row.ref, row.id, row.title, row.repository, row.people, row.reference].join("\n").toLowerCase();
    return sought.every((word) => text.includes(word));
  });
}
