import { documentBounds } from "../document-bounds.ts";
import { looksLikeFormula } from "./formula-text.ts";
import type { Cell, WorkpaperTable } from "./tables.ts";

/** A file inside a workbook. */
export interface WorkbookFile {
  readonly path: string;
  /** In pieces, which can be gone through again. */
  readonly text: Iterable<string>;
}

/** What a cell can hold (ECMA-376, and what spreadsheets make of it). */
const longestText = 32_767;
const cutMark = " … (cut: the whole text is in the CSV file)";

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packages = "http://schemas.openxmlformats.org/package/2006";
const contentType = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** Places in the list of cell formats of `styles.xml`. */
const formats = { plain: 0, heading: 1, quoted: 2 } as const;

/**
 * A workbook in Office Open XML (ECMA-376): a sheet for each table. Every text is an inline string, which no spreadsheet computes; there is
 * not one formula, link or macro. Equal tables give equal files.
 *
 * @param rowLimit rows of a sheet besides its heading; of a longer table the urgent rows come first, and a last line says how many
 * are in the CSV file alone
 */
export function workbookFiles(tables: readonly WorkpaperTable[], rowLimit = documentBounds.sheetRows): WorkbookFile[] {
  const sheets = tables.map((table, index) => ({
    path: `xl/worksheets/sheet${index + 1}.xml`,
    text: { [Symbol.iterator]: () => sheetXml(table, rowLimit) },
  }));
  return [
    { path: "[Content_Types].xml", text: [contentTypesXml(sheets)] },
    { path: "_rels/.rels", text: [relationsXml([`${relations}/officeDocument`], ["xl/workbook.xml"])] },
    { path: "xl/workbook.xml", text: [workbookXml(tables)] },
    {
      path: "xl/_rels/workbook.xml.rels",
      text: [
        relationsXml(
          [...sheets.map(() => `${relations}/worksheet`), `${relations}/styles`],
          [...sheets.map(({ path }) => path.slice("xl/".length)), "styles.xml"],
        ),
      ],
    },
    { path: "xl/styles.xml", text: [stylesXml] },
    ...sheets,
  ];
}

function contentTypesXml(sheets: readonly WorkbookFile[]): string {
  const override = (path: string, type: string) =>
    `<Override PartName="/${path}" ContentType="${contentType}.${type}+xml"/>`;
  return [
    `${declaration}<Types xmlns="${packages}/content-types">`,
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    override("xl/workbook.xml", "sheet.main"),
    override("xl/styles.xml", "styles"),
    ...sheets.map(({ path }) => override(path, "worksheet")),
    "</Types>",
  ].join("");
}

function relationsXml(types: readonly string[], targets: readonly string[]): string {
  const each = types.map(
    (type, index) => `<Relationship Id="rId${index + 1}" Type="${type}" Target="${targets[index]}"/>`,
  );
  return `${declaration}<Relationships xmlns="${packages}/relationships">${each.join("")}</Relationships>`;
}

function workbookXml(tables: readonly WorkpaperTable[]): string {
  const sheets = tables.map(
    ({ name }, index) => `<sheet name="${escapeXml(sheetName(name))}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  return `${declaration}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${sheets.join("")}</sheets></workbook>`;
}

/** Up to 31 characters, and none of those that a reference to a sheet uses. */
function sheetName(name: string): string {
  return name.replace(/[[\]:*?/\\']/g, "-").slice(0, 31);
}

/** Plain, bold, and text that stays text when somebody edits the cell. */
const stylesXml = [
  `${declaration}<styleSheet xmlns="${main}">`,
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>',
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>',
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
  '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
  '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>',
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" quotePrefix="1"/></cellXfs>',
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
].join("");

function* sheetXml({ name, columns, rows, isUrgent }: WorkpaperTable, rowLimit: number): Generator<string> {
  const count = countOf(rows);
  const left = count - rowLimit;
  const column = columnName(columns.length - 1);
  const lastRow = 1 + Math.min(count, rowLimit);
  // Below an empty row, so that no filter takes it for one of the table's.
  const noteRow = lastRow + 2;
  yield `${declaration}<worksheet xmlns="${main}"><dimension ref="A1:${column}${left > 0 ? noteRow : lastRow}"/>`;
  // The heading stays in sight.
  yield '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';
  yield `<sheetFormatPr defaultRowHeight="15"/><sheetData>${rowXml(columns, 0)}`;
  let at = 1;
  for (const row of left > 0 ? urgentFirst(rows, isUrgent) : rows) {
    if (at > rowLimit) break;
    yield rowXml(row, at);
    at += 1;
  }
  if (left > 0) yield rowXml([sayLeft(name, left, isUrgent !== undefined)], noteRow - 1);
  yield `</sheetData><autoFilter ref="A1:${column}${lastRow}"/></worksheet>`;
}

function countOf(rows: WorkpaperTable["rows"]): number {
  let count = 0;
  for (const _ of rows) count += 1;
  return count;
}

function* urgentFirst(
  rows: WorkpaperTable["rows"],
  isUrgent: WorkpaperTable["isUrgent"] = () => true,
): Generator<readonly Cell[]> {
  for (const row of rows) if (isUrgent(row)) yield row;
  for (const row of rows) if (!isUrgent(row)) yield row;
}

function sayLeft(name: string, left: number, isSorted: boolean): string {
  const order = isSorted ? "Deviations stand first in this sheet. " : "";
  return `${order}${left.toLocaleString("en")} more rows are in ${name}.csv alone, which has all of them.`;
}

function rowXml(cells: readonly Cell[], row: number): string {
  const written = cells.map((cell, column) => cellXml(cell, column, row, row === 0)).join("");
  return `<row r="${row + 1}">${written}</row>`;
}

function cellXml(cell: Cell, column: number, row: number, isHeading: boolean): string {
  if (cell === null || cell === "") return "";
  const place = `r="${columnName(column)}${row + 1}"`;
  if (typeof cell === "number") return `<c ${place}><v>${cell}</v></c>`;
  const format = isHeading ? formats.heading : looksLikeFormula(cell) ? formats.quoted : formats.plain;
  const style = format === formats.plain ? "" : ` s="${format}"`;
  return `<c ${place}${style} t="inlineStr"><is><t xml:space="preserve">${escapeText(cell)}</t></is></c>`;
}

/** `A`, …, `Z`, `AA`, … */
function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

/** Text as a cell can hold it: not too long, without what XML has no place for, and without what would be read as an escape (ECMA-376, ST_Xstring). */
function escapeText(text: string): string {
  const short = text.length <= longestText ? text : text.slice(0, longestText - cutMark.length) + cutMark;
  const plain = short
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 forbids
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "\uFFFD")
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_");
  return escapeXml(plain);
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
