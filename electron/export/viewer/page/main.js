import { controlsView } from "./controls-view.js";
import { element, link, said } from "./elements.js";
import { rememberRedactions } from "./evidence-links.js";
import { frameworksView } from "./frameworks-view.js";
import { itemView } from "./item-view.js";
import { judgementsView } from "./judgement-view.js";
import { matrixView } from "./matrix-view.js";
import { nounsOf } from "./phrases.js";
import { populationView } from "./population-view.js";
import { searchView } from "./search-view.js";
import { summaryView } from "./summary-view.js";
import { verifyView } from "./verify-view.js";
import { showInline } from "./visible-text.js";

const data = JSON.parse(document.getElementById("data").textContent);
const main = document.querySelector("main");

/** Name in the address → view. */
const views = {
  "summary": () => summaryView(data),
  "matrix": (population) => matrixView(data, Object.hasOwn(data.words, population) ? population : "change"),
  "item": (ref) => itemView(data, ref),
  "frameworks": () => frameworksView(data),
  "controls": () => controlsView(data),
  "control": (id) => controlsView(data, id),
  "judgements": () => judgementsView(data),
  "population": () => populationView(data),
  "search": (query) => searchView(data, query),
  "verify": () => verifyView(data),
};

const tabs = [
  ["summary", "Summary"],
  ...[...new Set(data.matrices.map(({ draw }) => draw.population))].map((population) => {
    const many = nounsOf(data, population);
    return [`matrix/${population}`, `${many.charAt(0).toUpperCase()}${many.slice(1)}`];
  }),
  ["frameworks", "Requirements"],
  ["controls", "Controls"],
  ["judgements", "Judgements"],
  ["population", "Population"],
  ["search", "Search"],
  ["verify", "How to verify"],
];

function show() {
  const [name, argument] = location.hash.replace(/^#\//, "").split("/").map(decodeURIComponent);
  const view = Object.hasOwn(views, name) ? views[name] : views.summary;
  main.replaceChildren(element("div", null, view(argument)));
  for (const tab of document.querySelectorAll("header nav a")) {
    const current = tab.hash === location.hash || (location.hash === "" && tab.hash === "#/summary");
    if (current) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
  scrollTo(0, 0);
}

rememberRedactions(data.redactions?.records ?? {});
document.title = showInline(`${data.engagement.entity}: ${data.engagement.name}`);
document.querySelector("header").append(
  element(
    "div",
    { class: "name" },
    said(data.engagement.entity),
    element("span", { class: "muted" }, " ", said(data.engagement.name)),
  ),
  element(
    "nav",
    { "aria-label": "Views" },
    tabs.map(([route, word]) => link(route, word)),
  ),
);
addEventListener("hashchange", show);
show();
