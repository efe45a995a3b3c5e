import { element } from "./elements.js";
import { formatCount, formatInstant } from "./phrases.js";
import { showInline, showLines } from "./visible-text.js";

/** Files of the unpacked bundle that the reader chose, by their path in the bundle; null before. */
let chosenFiles = null;

export function rememberFiles(files) {
  chosenFiles = files;
}

/** Hash of a record as it was received → where its derived copy is; empty text where it was withheld. */
let derivedPaths = {};

export function rememberRedactions(records) {
  derivedPaths = records;
}

const mostShown = 256 * 1024;

/** Where a raw record lies. Once the folder is chosen it is shown here, as text; before that the browser opens the file. */
export function evidenceLink(use, records) {
  if (!/^[0-9a-f]{64}$/.test(use.evidence)) return null;
  const redacted = derivedPaths[use.evidence];
  const path = redacted || `evidence/${use.evidence}`;
  const record = records.get(use.evidence);
  const shown = element("pre", { class: "raw", hidden: true });
  const anchor = element(
    "a",
    {
      href: path,
      target: "_blank",
      rel: "noopener noreferrer",
      onclick: (event) => {
        const file = chosenFiles?.get(path);
        if (!file) return;
        event.preventDefault();
        shown.hidden = !shown.hidden;
        if (!shown.hidden) showFile(file, shown);
      },
    },
    element("code", null, `evidence/${use.evidence.slice(0, 12)}…`),
  );
  const about = record
    ? `${record.format}, ${formatCount(record.size)} bytes, received ${formatInstant(record.receivedAt)}`
    : "not in this bundle";
  if (redacted === "") return element("li", null, element("span", { class: "muted" }, "withheld: see redactions.json"));
  const edition = redacted ? ", redacted" : "";
  const place = use.place === "" ? "" : ` at ${showInline(use.place)}`;
  return element("li", null, anchor, element("span", { class: "muted small" }, `${place} (${about}${edition})`), shown);
}

async function showFile(file, target) {
  const text = new TextDecoder().decode(await file.slice(0, mostShown).arrayBuffer());
  target.textContent = showLines(text).join("\n") + (file.size > mostShown ? "\n…" : "");
}
