import { type Document, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import { TickmarkError } from "../errors.ts";
import { Catalog } from "../model/catalog.ts";

/** A line and column of the catalog's file, both from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** A catalog as written, which can say where in the file each part stands. */
export interface CatalogText {
  readonly catalog: Catalog;
  /** Place of the character at `offset` of the text at `path`. */
  placeOf(path: readonly (string | number)[], offset?: number): TextPlace;
}

/**
 * Parses a catalog. Catalogs come from others too: YAML without custom tags or merges, at most 2 MiB, and nothing that
 * the schema does not name.
 *
 * @throws catalog-invalid with line and column
 */
export function parseCatalog(text: string): CatalogText {
  if (text.length > 2 * 1024 * 1024) throw invalidCatalog("The catalog is larger than 2 MiB", { line: 1, column: 1 });
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, schema: "core", uniqueKeys: true, logLevel: "silent" });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem) {
    const { line, col } = counter.linePos(problem.pos[0]);
    throw invalidCatalog(problem.message.split("\n", 1)[0] ?? "It is not YAML", { line, column: col });
  }
  const placeOf: CatalogText["placeOf"] = (path, offset = 0) => findPlace(document, counter, text, path, offset);
  const parsed = Catalog.safeParse(readValue(document));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const path = (issue?.path ?? []) as (string | number)[];
    throw invalidCatalog(`${nameOf(document, path)}: ${issue?.message ?? "not as the schema asks"}`, placeOf(path));
  }
  return { catalog: parsed.data, placeOf };
}

/** Aliases are refused: they can make a small file a huge one, and a rule that stands in one place is read in one place. */
function readValue(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    throw invalidCatalog("it uses an alias (*name); write the part out", { line: 1, column: 1 });
  }
}

export function invalidCatalog(what: string, place: TextPlace): TickmarkError {
  return new TickmarkError(
    "catalog-invalid",
    `The catalog is not valid at line ${place.line}, column ${place.column}: ${what}.`,
    "Correct the catalog there and load it again; nothing was evaluated with it.",
  );
}

/** `REV-01, pass` for a path inside a control: how an auditor would say it. */
function nameOf(document: Document, path: readonly (string | number)[]): string {
  if (path[0] !== "controls" || path.length < 2) return path.join(".") || "The file";
  const id = document.getIn(["controls", path[1], "id"]);
  return [typeof id === "string" ? id : `control ${Number(path[1]) + 1}`, ...path.slice(2)].join(" ");
}

function findPlace(
  document: Document,
  counter: LineCounter,
  text: string,
  path: readonly (string | number)[],
  offset: number,
): TextPlace {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (!isNode(node) || !node.range) continue;
    const start = counter.linePos(node.range[0]);
    if (length < path.length || !isScalar(node)) return { line: start.line, column: start.col };
    const value = String(node.value);
    if (node.type === "BLOCK_LITERAL") return placeInBlock(text, start.line, value, offset);
    const quote = node.type === "QUOTE_DOUBLE" || node.type === "QUOTE_SINGLE" ? 1 : 0;
    return { line: start.line, column: start.col + quote + offset };
  }
  return { line: 1, column: 1 };
}

/** In a `|` block the text's lines are the file's lines below the marker, moved right by the block's indentation. */
function placeInBlock(text: string, markerLine: number, value: string, offset: number): TextPlace {
  const before = value.slice(0, offset).split("\n");
  const lines = text.split("\n");
  const first = lines.slice(markerLine).find((line) => line.trim() !== "") ?? "";
  const indentation = first.length - first.trimStart().length;
  return { line: markerLine + before.length, column: indentation + (before.at(-1)?.length ?? 0) + 1 };
}
