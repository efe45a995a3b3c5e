const rowsAtOnce = 1000;

/**
 * Reads rows in pages by a growing key. Between two rows no statement is open, so the caller may write to the file or
 * stop reading whenever it wants.
 *
 * @param fetch at most `limit` rows whose key is above `after`, in order of the key
 * @param first below every key
 */
export function* readInPages<Row, Key>(
  fetch: (after: Key, limit: number) => Row[],
  keyOf: (row: Row) => Key,
  first: Key,
): Generator<Row> {
  let after = first;
  for (;;) {
    const rows = fetch(after, rowsAtOnce);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < rowsAtOnce) return;
    after = keyOf(last);
  }
}
