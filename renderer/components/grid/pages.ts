/** Rows are asked for in pages of this size. */
export const pageSize = 200;

/** The pages that hold the rows from `first` to `last`, at least the first page. */
export function pagesOf(first: number, last: number): number[] {
  const from = Math.floor(Math.max(0, first) / pageSize);
  const to = Math.max(from, Math.floor(Math.max(0, last) / pageSize));
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
