const rowsAtOnce = 1000;

/**
 * Reads rows in pages by a growing key. Between two rows no statement is open, so the caller may write to the file or
 * stop reading whenever it wants.
 *
 * @param fetch at most `limit` rows whose key is above `after`, in order of the key
 */
export function* readInPages<Row>(
  fetch: (after: number, limit: number) => Row[],
  keyOf: (row: Row) => number,
): Generator<Row> {
  let after = 0;
  for (;;) {
    const rows = fetch(after, rowsAtOnce);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < rowsAtOnce) return;
    after = keyOf(last);
  }
}
