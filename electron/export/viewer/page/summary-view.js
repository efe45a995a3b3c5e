import { code, element, factList, link, said, table } from "./elements.js";
import { engagementSignOffs } from "./judgement-view.js";
import { isDeviation } from "./outcomes.js";
import { countOf, formatCount, formatInstant, nounsOf } from "./phrases.js";

/** Who was audited, for when, and what came out, in counts over what was tested. */
export function summaryView(data) {
  const { engagement, signer } = data;
  const { period } = engagement;
  return [
    element("h1", null, said(engagement.entity)),
    element("p", { class: "lead" }, said(engagement.name)),
    factList([
      ["Period", `${period.from} to ${period.to}, both included, in the time zone ${period.timeZone}`],
      ["Prepared by", [said(engagement.auditor), `, ${formatInstant(data.createdAt)}`]],
      ...engagementSignOffs(data),
      ["Catalog", [said(`${data.catalog.title}, version ${data.catalog.version}`)]],
      ...(data.redactions ? [["Edition", [data.redactions.sentence]]] : []),
      ["Signed by, it says", [said(signer.subject)]],
      ["Certificate", [element("span", { class: "muted" }, "SHA-256 "), code(signer.fingerprint)]],
    ]),
    element("h2", null, "What was tested and what came out"),
    data.matrices.map(matrixSentence),
    summaryTable(data),
    element(
      "p",
      { class: "muted" },
      "A deviation is a failure, or missing evidence that left a rule untested. The counts are of the items that were tested, as judged where somebody judged; what follows from them for the population stands with its limits at each control, and only for what chance selected.",
    ),
  ];
}

function matrixSentence({ draw, summaries, rows }) {
  const drawn = `Of ${formatCount(draw.populationSize)} ${nounsOf(data, draw.population)} in the population, ${formatCount(draw.size)} ${draw.size === 1 ? "was" : "were"} drawn`;
  if (summaries.length === 0) return element("p", null, `${drawn}; no control was tested on them.`);
  const clean = rows.filter((row) => !Object.values(row.outcomes).some(isDeviation)).length;
  const tested = `${drawn} and tested against ${countOf(summaries.length, ["control", "controls"])}`;
  return element(
    "p",
    null,
    `${tested}: ${formatCount(clean)} without a deviation, ${formatCount(rows.length - clean)} with at least one.`,
  );
}

const columns = [
  { title: "Control" },
  { title: "Tested on" },
  ...["Tested", "Pass", "Fail", "No evidence", "Not applicable", "Deviations"].map((title) => ({
    title,
    class: "number",
  })),
  { title: "Reliance" },
];

function summaryTable({ matrices }) {
  const rows = matrices.flatMap(({ summaries }) =>
    summaries.map((summary) => [
      [link(`control/${encodeURIComponent(summary.control)}`, summary.control), " ", said(summary.title)],
      nounsOf(data, summary.population),
      ...[summary.tested, summary.pass, summary.fail, summary.noEvidence, summary.notApplicable].map(formatCount),
      [
        element("strong", null, formatCount(summary.deviations)),
        summary.asTested.deviations === summary.deviations
          ? null
          : element("div", { class: "muted small" }, `${formatCount(summary.asTested.deviations)} as tested`),
      ],
      summary.support.replaceAll("-", " "),
    ]),
  );
  return rows.length > 0 ? table(columns, rows) : null;
}
