import { showInline, showLines } from "./visible-text.js";

/*
 * The page is built from elements and text nodes only. Nothing from evidence is ever parsed as markup, and addresses are
 * made here from references and digests, never taken from evidence.
 */

/** An element. Children are nodes, texts, lists of these, or null. */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  append(made, children);
  return made;
}

function append(parent, child) {
  if (Array.isArray(child)) for (const one of child) append(parent, one);
  else if (child !== null && child !== undefined) parent.append(child);
}

/** A text from evidence on one line: set apart, so that its direction does not reach the words around it. */
export function said(text) {
  return element("bdi", null, showInline(String(text)));
}

/** An id, a digest, a rule or a command, with its lines. */
export function code(text) {
  return element("code", null, showLines(String(text)).join("\n"));
}

export function link(route, ...children) {
  return element("a", { href: `#/${route}` }, ...children);
}

/** Names and what they stand for; entries are `[name, node or text]`. */
export function factList(facts) {
  return element(
    "dl",
    { class: "facts" },
    facts
      .filter((fact) => fact !== null)
      .map(([name, value]) => [element("dt", null, name), element("dd", null, value)]),
  );
}

/** @param columns `{ title, class }` @param rows lists of cells, each a node, a text or a list of these */
export function table(columns, rows) {
  const head = element(
    "tr",
    null,
    columns.map(({ title, class: kind }) => element("th", { scope: "col", class: kind }, title)),
  );
  const body = rows.map((cells) =>
    element(
      "tr",
      null,
      cells.map((cell, index) => element("td", { class: columns[index].class }, cell)),
    ),
  );
  return element(
    "div",
    { class: "scroll" },
    element("table", null, element("thead", null, head), element("tbody", null, body)),
  );
}

/** The first of a long list and how many more there are. */
export function limited(list, most, draw, rest) {
  const shown = list.slice(0, most).map(draw);
  return list.length > most
    ? [...shown, element("p", { class: "muted" }, `${list.length - most} more are in ${rest}.`)]
    : shown;
}
