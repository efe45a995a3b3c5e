import { element, link, said } from "./elements.js";
import { formatCount, nounsOf } from "./phrases.js";
import { clip } from "./visible-text.js";

const mostFound = 200;

/** Everything that this page holds with all the words in it: items, controls, results, evidence. */
export function searchView(data, query = "") {
  const list = element("ul", { class: "found" });
  const count = element("p", { class: "muted", role: "status" });
  const show = (words) => {
    const found = findAll(data, words);
    count.textContent = words.trim() === "" ? "" : `${formatCount(found.length)} found`;
    list.replaceChildren(
      ...found
        .slice(0, mostFound)
        .map(({ route, kind, title, text }) =>
          element(
            "li",
            null,
            link(route, kind, " ", said(title)),
            element("div", { class: "muted small" }, said(clip(text, 300))),
          ),
        ),
    );
  };
  const input = element("input", {
    "type": "search",
    "aria-label": "Words to look for",
    "oninput": () => show(input.value),
  });
  input.value = query;
  show(query);
  const { results } = data.leftOut;
  const left = `This page does not hold ${formatCount(results)} of the results: they are in results.jsonl.`;
  const notice = results > 0 ? element("p", null, left) : null;
  return [element("h1", null, "Search"), notice, element("div", { class: "toolbar" }, input), count, list];
}

/**
 * @returns `{ route, kind, title, text }` of each place with all the words, whatever their case
 */
export function findAll(data, query) {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return [];
  return placesOf(data).filter(({ kind, title, text }) => {
    const whole = `${kind}\n${title}\n${text}`.toLowerCase();
    return words.every((word) => whole.includes(word));
  });
}

function placesOf(data) {
  const refs = new Map();
  const items = data.matrices.flatMap(({ draw, rows }) =>
    rows.map((row) => {
      refs.set(`${draw.population} ${row.id}`, row.ref);
      const text = [row.id, row.repository, row.people, row.reference].join(" · ");
      return {
        route: routeOf(row.ref),
        kind: `${row.ref} (${nounsOf(data, draw.population)})`,
        title: row.title,
        text,
      };
    }),
  );
  const results = data.results.flatMap(({ population, item, control, assertion, outcome, reason }) => {
    const ref = refs.get(`${population} ${item}`);
    return ref === undefined
      ? []
      : [{ route: routeOf(ref), kind: `${ref}, ${control}`, title: `${assertion}: ${outcome}`, text: reason }];
  });
  const controls = data.catalog.controls.map(({ id, title, objective, risk }) => ({
    route: `control/${encodeURIComponent(id)}`,
    kind: id,
    title,
    text: `${objective} ${risk}`,
  }));
  const records = new Map(data.evidence.map((record) => [record.sha256, record]));
  const evidence = Object.entries(data.items).flatMap(([population, ofKind]) =>
    ofKind.flatMap((item) => {
      const ref = refs.get(`${population} ${item.id}`);
      if (ref === undefined) return [];
      const own = [...new Set(item.evidence.map((use) => use.evidence))].flatMap((sha256) => records.get(sha256) ?? []);
      return own.map(({ format, locator, sha256 }) => ({
        route: routeOf(ref),
        kind: `${ref}, evidence`,
        title: `${format} from ${locator}`,
        text: sha256,
      }));
    }),
  );
  return [...items, ...controls, ...results, ...evidence];
}

function routeOf(ref) {
  return `item/${encodeURIComponent(ref)}`;
}
