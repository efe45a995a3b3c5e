/*
 * Copies by the browser's copy command with its event filled in by hand: it needs no permission, and a window of
 * Tickmark is granted none.
 */

/** @returns whether the text is on the clipboard now */
export function copyText(text: string, html?: string): boolean {
  let filled = false;
  const fill = (event: ClipboardEvent) => {
    if (!event.clipboardData) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    event.clipboardData.setData("text/plain", text);
    if (html !== undefined) event.clipboardData.setData("text/html", html);
    filled = true;
  };
  document.addEventListener("copy", fill, { capture: true });
  try {
    return document.execCommand("copy") && filled;
  } finally {
    document.removeEventListener("copy", fill, { capture: true });
  }
}

// A spreadsheet runs a cell that begins with one of these as a formula; the texts come from audited systems.
const startsFormula = /^[=+\-@]/;

function cellText(cell: string): string {
  const oneLine = cell.replace(/[\t\r\n]+/g, " ").trimStart();
  return startsFormula.test(oneLine) ? `'${oneLine}` : oneLine;
}

/** Rows as tab-separated text for a spreadsheet. No cell can be a formula. */
export function toTsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map(cellText).join("\t")).join("\n");
}

/** The same rows as an HTML table, for targets that prefer it. */
export function toHtmlTable(rows: readonly (readonly string[])[]): string {
  const line = (row: readonly string[]) =>
    `<tr>${row.map((cell) => `<td>${escapeHtml(cellText(cell))}</td>`).join("")}</tr>`;
  return `<table>${rows.map(line).join("")}</table>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
