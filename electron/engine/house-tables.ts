import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type Document, parseDocument } from "yaml";
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
 * @throws file-missing, request-invalid naming the field
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
  const document = parseDocument(text, { schema: "core", uniqueKeys: true, logLevel: "silent" });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem) throw invalidTable(path, problem.message.split("\n", 1)[0] ?? "it is not YAML");
  const parsed = HouseTable.safeParse(readValue(document, path));
  if (parsed.success) return parsed.data;
  const all = parsed.error.issues.map((issue) => `${issue.path.join(".") || "the table"}: ${issue.message}`);
  throw invalidTable(path, all.join("; "));
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
