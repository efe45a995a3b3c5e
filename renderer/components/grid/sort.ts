/** By which column rows are sorted. Without one they stand in their own order: as they were frozen, or drawn. */
export interface GridSort {
  readonly column: string;
  readonly descending: boolean;
}

/** What choosing a column's head leads to: sorted by it, then the other way round, then no longer sorted. */
export function sortAfter(sort: GridSort | null, column: string): GridSort | null {
  if (sort?.column !== column) return { column, descending: false };
  return sort.descending ? null : { column, descending: true };
}

/** As it stands in an address: `title`, or `-title` for the other way round. */
export function writeSort(sort: GridSort | null): string | undefined {
  return sort ? `${sort.descending ? "-" : ""}${sort.column}` : undefined;
}

export function readSort(text: string | undefined): GridSort | null {
  if (!text || text === "-") return null;
  return text.startsWith("-") ? { column: text.slice(1), descending: true } : { column: text, descending: false };
}
