import { element, link, said } from "./elements.js";
import { isDeviation, legend, mark } from "./outcomes.js";
import { formatCount, formatInstant, nounsOf } from "./phrases.js";

/** What each choice of the filter keeps. */
const filters = {
  "all": { word: "All", keeps: () => true },
  "deviations": { word: "Deviations", keeps: isDeviation },
  "fail": { word: "Fail", keeps: (outcome) => outcome === "fail" },
  "no-evidence": { word: "No evidence", keeps: (outcome) => outcome === "no-evidence" },
};

const atOnce = 500;
// Kept while the reader looks at an item and comes back.
const state = { filter: "all", control: "", search: "", shown: atOnce };

/** Sampled items by controls, to be filtered and searched. */
export function matrixView(data, population) {
  const matrices = data.matrices.filter(({ draw }) => draw.population === population);
  const controls = [...new Set(matrices.flatMap(({ summaries }) => summaries.map(({ control }) => control)))];
  const rows = matrices.flatMap((matrix) => matrix.rows);
  const body = element("tbody", null);
  const count = element("p", { class: "muted", role: "status" });
  const more = element("button", { type: "button", onclick: () => show(atOnce) }, "Show more");

  function show(added) {
    state.shown += added;
    const kept = rows.filter((row) => keepsRow(row, state));
    body.replaceChildren(...kept.slice(0, state.shown).map((row) => matrixRow(row, controls)));
    count.textContent = `${formatCount(kept.length)} of ${formatCount(rows.length)} sampled ${nounsOf(data, population)}`;
    more.hidden = kept.length <= state.shown;
  }

  const heads = ["Ref", "Item", "When", ...controls].map((title) => element("th", { scope: "col" }, title));
  const grid = element("table", { class: "matrix" }, element("thead", null, element("tr", null, heads)), body);
  show(0);
  return [
    element("h1", null, `Sampled ${nounsOf(data, population)}`),
    toolbar(controls, () => {
      state.shown = atOnce;
      show(0);
    }),
    legend(),
    count,
    element("div", { class: "scroll" }, grid),
    more,
  ];
}

/** Whether a row has the outcome that is looked for, under the control that is looked at, and the words that are searched. */
export function keepsRow(row, { filter, control, search }) {
  const looked = control === "" ? Object.values(row.outcomes) : [row.outcomes[control]];
  if (filter !== "all" && !looked.some((outcome) => outcome !== undefined && filters[filter].keeps(outcome)))
    return false;
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const text = [row.ref, row.id, row.title, row.repository, row.people, row.reference].join("\n").toLowerCase();
  return words.every((word) => text.includes(word));
}

function toolbar(controls, changed) {
  const search = element("input", {
    type: "search",
    placeholder: "Search ref, id, title, people, ticket",
    "aria-label": "Search",
    value: state.search,
    oninput: ({ target }) => {
      state.search = target.value;
      changed();
    },
  });
  const choose = (name, choices) =>
    element(
      "select",
      {
        "aria-label": name === "filter" ? "Outcome" : "Control",
        onchange: ({ target }) => {
          state[name] = target.value;
          changed();
        },
      },
      choices.map(([value, word]) => element("option", { value, selected: state[name] === value }, word)),
    );
  const byOutcome = choose(
    "filter",
    Object.entries(filters).map(([value, { word }]) => [value, word]),
  );
  const byControl = choose("control", [["", "Any control"], ...controls.map((control) => [control, control])]);
  return element("div", { class: "toolbar" }, search, byOutcome, byControl);
}

function matrixRow(row, controls) {
  const cells = controls.map((control) => element("td", { class: "center" }, mark(row.outcomes[control])));
  return element(
    "tr",
    null,
    element("td", null, link(`item/${row.ref}`, row.ref)),
    element(
      "td",
      null,
      said(row.title),
      element(
        "div",
        { class: "muted small" },
        said([row.repository, row.reference].filter((part) => part !== "").join(" · ")),
      ),
    ),
    element("td", { class: "nowrap" }, formatInstant(row.at)),
    cells,
  );
}
