import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type Document, isNode, LineCounter, parseDocument } from "yaml";
import { TickmarkError } from "../../shared/errors.ts";
import { HouseTable } from "../../shared/model/house-table.ts";
import { findResources } from "./resources.ts";

/** The table that is used where none is named. */
export const usualHouseTable = "common-practice";

/** Names of the tables that Tickmark brings. */
export function listHouseTables(): string[] {
  return readdirSync(join(findResources(), "sample-sizes"))
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => basename(file, ".yaml"))
    .sort();
}

/**
 * Reads a table that Tickmark brings, by its name, or one of the auditor's own, by its path.
 * @throws file-missing, request-invalid naming each wrong field with its line and column
 */
export function readHouseTable(nameOrPath: string): HouseTable {
  const isOurs = listHouseTables().includes(nameOrPath);
  const path = isOurs ? join(findResources(), "sample-sizes", `${nameOrPath}.yaml`) : nameOrPath;
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    const action = `Check its path, or name one of: ${listHouseTables().join(", ")}.`;
    throw new TickmarkError("file-missing", `The table ${path} cannot be read.`, action, { cause });
  }
  return parseHouseTable(text, path);
}

function parseHouseTable(text: string, path: string): HouseTable {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, schema: "core", uniqueKeys: true, logLevel: "silent" });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem) {
    const place = describePlace(lineCounter, problem.pos[0]);
    throw invalidTable(path, `${place}: ${problem.message.split("\n", 1)[0] ?? "it is not YAML"}`);
  }
  const parsed = HouseTable.safeParse(readValue(document, path));
  if (parsed.success) return parsed.data;
  const all = parsed.error.issues.map(({ path: field, message }) => {
    const place = describePlace(lineCounter, offsetOf(document, field as (string | number)[]));
    return `${place}, ${field.join(".") || "the table"}: ${message}`;
  });
  throw invalidTable(path, all.join("; "));
}

/** Where a field begins, or the part that lacks it. */
function offsetOf(document: Document, field: readonly (string | number)[]): number {
  for (let length = field.length; length >= 0; length -= 1) {
    const node = document.getIn(field.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function describePlace(lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return `line ${Math.max(1, line)}, column ${Math.max(1, col)}`;
}

/** Aliases are refused: they can make a small file a huge one. */
function readValue(document: Document, path: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    throw invalidTable(path, "it uses an alias (*name)");
  }
}

function invalidTable(path: string, what: string): TickmarkError {
  return new TickmarkError(
    "request-invalid",
    `The table ${path} cannot be used: ${what}.`,
    "Correct it; resources/sample-sizes has tables to start from.",
  );
}
