import Database from "better-sqlite3";
import { type Connection, inOneStep } from "./connection.ts";
import { fileFault } from "./faults.ts";
import type { Migration } from "./migrations/migration.ts";

export function newestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0;
}

export function versionOf(database: Connection): number {
  return database.pragma("user_version", { simple: true }) as number;
}

/**
 * Runs the migrations that the file has not seen, up to `version`, each in one transaction.
 *
 * @throws SqliteError when a migration would break a row or leave a reference that points to nothing
 */
export function migrateTo(database: Connection, version: number, migrations: readonly Migration[]): void {
  // A migration that rebuilds a table drops it on the way, which foreign keys would forbid.
  database.pragma("foreign_keys = OFF");
  try {
    for (const migration of migrations) {
      if (migration.version <= versionOf(database) || migration.version > version) continue;
      inOneStep(database, () => {
        migration.change(database);
        requireReferences(database, migration);
        database.pragma(`user_version = ${migration.version}`);
      });
    }
  } finally {
    database.pragma("foreign_keys = ON");
  }
}

function requireReferences(database: Connection, migration: Migration): void {
  const broken = database.pragma("foreign_key_check") as { table: string }[];
  if (broken.length === 0) return;
  throw new Error(
    `migration ${migration.version} ${migration.name} leaves references to nothing in ${broken[0]?.table}`,
  );
}

interface SchemaRow {
  type: string;
  name: string;
  sql: string;
}

function readSchema(database: Connection): SchemaRow[] {
  return database
    .prepare<[], SchemaRow>(
      "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name",
    )
    .all();
}

/**
 * Compares the file's schema with the one that its version's migrations make. A file that lost a trigger could have had
 * its evidence changed; one that gained a trigger or a view would run somebody else's statements.
 *
 * @throws engagement-corrupt naming the first difference
 */
export function requireSchema(database: Connection, path: string, migrations: readonly Migration[]): void {
  const model = new Database(":memory:");
  try {
    migrateTo(model, versionOf(database), migrations);
    const expected = new Map(readSchema(model).map((row) => [`${row.type} ${row.name}`, row.sql]));
    for (const { type, name, sql } of readSchema(database)) {
      const object = `${type} ${name}`;
      if (expected.get(object) !== sql) throw fileFault("engagement-corrupt", path, `Its ${object} is not Tickmark's.`);
      expected.delete(object);
    }
    const [missing] = expected.keys();
    if (missing) throw fileFault("engagement-corrupt", path, `Its ${missing} is missing.`);
  } finally {
    model.close();
  }
}
