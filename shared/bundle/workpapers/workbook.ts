import { looksLikeFormula } from "./formula-text.ts";
import type { Cell, WorkpaperTable } from "./tables.ts";

/** A file inside a workbook. */
export interface WorkbookFile {
  readonly path: string;
  readonly text: string;
}

/** What a sheet and a cell can hold (ECMA-376, and what spreadsheets make of it). */
const mostRows = 1_048_576;
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
 * @param rowLimit rows that a sheet can have with its heading; what is beyond is in the CSV file alone
 */
export function workbookFiles(tables: readonly WorkpaperTable[], rowLimit: number = mostRows): WorkbookFile[] {
  const sheets = tables.map((table, index) => ({
    path: `xl/worksheets/sheet${index + 1}.xml`,
    text: sheetXml(table, rowLimit),
  }));
  return [
    { path: "[Content_Types].xml", text: contentTypesXml(sheets) },
    { path: "_rels/.rels", text: relationsXml([`${relations}/officeDocument`], ["xl/workbook.xml"]) },
    { path: "xl/workbook.xml", text: workbookXml(tables) },
    {
      path: "xl/_rels/workbook.xml.rels",
      text: relationsXml(
        [...sheets.map(() => `${relations}/worksheet`), `${relations}/styles`],
        [...sheets.map(({ path }) => path.slice("xl/".length)), "styles.xml"],
      ),
    },
    { path: "xl/styles.xml", text: stylesXml },
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

function sheetXml({ columns, rows }: WorkpaperTable, rowLimit: number): string {
  const shown = rows.slice(0, rowLimit - 1);
  const lines = [columns, ...shown].map((cells, row) => {
    const written = cells.map((cell, column) => cellXml(cell, column, row, row === 0)).join("");
    return `<row r="${row + 1}">${written}</row>`;
  });
  const last = `${columnName(columns.length - 1)}${lines.length}`;
  return [
    `${declaration}<worksheet xmlns="${main}">`,
    `<dimension ref="A1:${last}"/>`,
    // The heading stays in sight.
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>',
    `<sheetFormatPr defaultRowHeight="15"/><sheetData>${lines.join("")}</sheetData>`,
    `<autoFilter ref="A1:${last}"/></worksheet>`,
  ].join("");
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
