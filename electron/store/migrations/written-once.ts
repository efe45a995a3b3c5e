/** Triggers of a table whose rows are written once. A file's schema is compared with these very words: they never change. */
export function keepUnchanged(table: string): string {
  return `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table}
BEGIN SELECT RAISE(ABORT, '${table} is written once'); END;
${keepUndeleted(table)}`;
}

export function keepUndeleted(table: string): string {
  return `
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table}
BEGIN SELECT RAISE(ABORT, '${table} is never deleted'); END;`;
}
