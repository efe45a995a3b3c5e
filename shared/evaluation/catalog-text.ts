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
  const read = readCatalogText(text);
  if (Array.isArray(read)) throw read[0];
  return read;
}

/** The same, or all that is wrong with it: with the YAML, or with the shape of what it says. */
export function readCatalogText(text: string): CatalogText | InvalidCatalog[] {
  if (text.length > 2 * 1024 * 1024)
    return [invalidCatalog("The catalog is larger than 2 MiB", { line: 1, column: 1 })];
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, schema: "core", uniqueKeys: true, logLevel: "silent" });
  const problems = [...document.errors, ...document.warnings];
  if (problems.length > 0) {
    return problems.map(({ message, pos }) => {
      const { line, col } = counter.linePos(pos[0]);
      return invalidCatalog(message.split("\n", 1)[0] ?? "It is not YAML", { line, column: col });
    });
  }
  const placeOf: CatalogText["placeOf"] = (path, offset = 0) => findPlace(document, counter, text, path, offset);
  const value = readValue(document);
  if (value instanceof InvalidCatalog) return [value];
  const parsed = Catalog.safeParse(value);
  if (parsed.success) return { catalog: parsed.data, placeOf };
  return parsed.error.issues.map((issue) => {
    const path = issue.path as (string | number)[];
    return invalidCatalog(`${nameOf(document, path)}: ${issue.message}`, placeOf(path));
  });
}

/** Aliases are refused: they can make a small file a huge one, and a rule that stands in one place is read in one place. */
function readValue(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    return invalidCatalog("it uses an alias (*name); write the part out", { line: 1, column: 1 });
  }
}

/** A mistake in a catalog, with what it is and where it stands, for whoever shows it beside the text. */
export class InvalidCatalog extends TickmarkError {
  readonly what: string;
  readonly place: TextPlace;

  constructor(what: string, place: TextPlace) {
    super(
      "catalog-invalid",
      `The catalog is not valid at line ${place.line}, column ${place.column}: ${what}.`,
      "Correct the catalog there and load it again; nothing was evaluated with it.",
    );
    this.what = what;
    this.place = place;
  }
}

export function invalidCatalog(what: string, place: TextPlace): InvalidCatalog {
  return new InvalidCatalog(what, place);
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
