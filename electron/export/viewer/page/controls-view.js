import { code, element, factList, limited, link, said, table } from "./elements.js";
import { badge, isDeviation } from "./outcomes.js";
import { formatCount, nounsOf, shortId } from "./phrases.js";
import { clip } from "./visible-text.js";

/** All controls, or the one that is asked for. */
export function controlsView(data, id) {
  const controls = data.catalog.controls.filter((control) => id === undefined || control.id === id);
  const title = element("h1", null, id === undefined ? "Controls" : `Control ${id}`);
  const all = id === undefined ? null : link("controls", "All controls");
  return [all, title, controls.map((control) => controlSection(data, control))];
}

function controlSection(data, control) {
  const refs = new Map(data.matrices.flatMap(({ rows }) => rows.map((row) => [row.id, row.ref])));
  const deviations = data.results.filter((result) => result.control === control.id && isDeviation(result.outcome));
  const leftOut = data.leftOut.deviations[control.id] ?? 0;
  const count = deviations.length + leftOut;
  return element(
    "section",
    null,
    element("h2", null, element("span", { class: "ref" }, control.id), " ", said(control.title)),
    factList([
      ["Objective", said(control.objective)],
      ["Risk", said(control.risk)],
      [
        "Tested on",
        populationsOf(control)
          .map((population) => nounsOf(data, population))
          .join(" and "),
      ],
      [
        "Requirements",
        said(
          Object.entries(control.frameworks)
            .map(([name, ids]) => `${name}: ${ids.join(", ")}`)
            .join("; "),
        ),
      ],
      ...Object.entries(control.parameters).map(([name, parameter]) => parameterFact(data, control, name, parameter)),
    ]),
    countsTable(data, control),
    control.assertions.map(ruleBlock),
    count > 0 ? element("h3", null, `Deviations: ${formatCount(count)}`) : null,
    leftOut > 0
      ? element("p", null, `${formatCount(leftOut)} of them are not in this page: they are in results.jsonl.`)
      : null,
    limited(deviations, 200, (result) => deviationLine(result, refs), "results.jsonl"),
  );
}

function populationsOf({ population, assertions }) {
  return [...new Set(assertions.map((assertion) => assertion.population ?? population))];
}

function parameterFact(data, control, name, parameter) {
  const set = data.parameters[control.id]?.[name];
  const origin = set === undefined ? "default of the catalog" : "set for this engagement";
  return [
    "Parameter",
    [code(`${name} = ${JSON.stringify(set ?? parameter.default)}`), ` (${origin}): `, said(parameter.meaning)],
  ];
}

function countsTable(data, control) {
  const rows = data.matrices.flatMap(({ draw, summaries }) =>
    summaries
      .filter((summary) => summary.control === control.id)
      .map((summary) => [
        `${formatCount(draw.size)} of ${formatCount(draw.populationSize)} ${nounsOf(data, draw.population)}`,
        ...[
          summary.tested,
          summary.pass,
          summary.fail,
          summary.noEvidence,
          summary.notApplicable,
          summary.deviations,
        ].map(formatCount),
      ]),
  );
  if (rows.length === 0) return element("p", { class: "muted" }, "Not tested: no sample of its population was drawn.");
  const heads = ["Tested", "Pass", "Fail", "No evidence", "Not applicable", "Deviations"].map((title) => ({
    title,
    class: "number",
  }));
  return [table([{ title: "Sample" }, ...heads], rows), conclusionsOf(data, control)];
}

/** What follows from the counts, in the words of the report. */
function conclusionsOf({ matrices }, { id }) {
  const own = matrices.flatMap(({ summaries }) => summaries.filter(({ control }) => control === id));
  return own.flatMap(({ sentence, projection, further }) =>
    [sentence, projection?.sentence, further && further.additional !== 0 ? further.sentence : undefined]
      .filter((each) => each !== undefined)
      .map((each) => element("p", null, said(each))),
  );
}

/** The rule in words and as it was evaluated. */
function ruleBlock(rule) {
  const clause = ({ when, say }) => [code(when), element("div", { class: "muted small" }, "then: ", said(say))];
  const needs = `evidence of ${rule.needs.join(", ")}; without it, the outcome is “no evidence”`;
  return element(
    "details",
    { open: true },
    element("summary", null, "Procedure: ", code(rule.id)),
    factList([
      ["Needs", needs],
      rule.appliesWhen === "true"
        ? null
        : ["Applies when", clause({ when: rule.appliesWhen, say: `applies; otherwise ${rule.doesNotApply}` })],
      ...rule.noEvidenceWhen.map((entry) => ["No evidence when", clause(entry)]),
      ["Passes when", clause({ when: rule.pass, say: rule.passes })],
      ...rule.failures.map((entry) => ["Fails when", clause(entry)]),
      ["Fails otherwise", said(rule.fails)],
    ]),
  );
}

function deviationLine(result, refs) {
  const ref = refs.get(result.item);
  return element(
    "p",
    { class: "deviation" },
    ref ? link(`item/${ref}`, ref) : null,
    " ",
    badge(result.outcome),
    " ",
    element("span", { class: "muted small" }, said(shortId(result.item))),
    " ",
    said(clip(result.reason, 500)),
  );
}
