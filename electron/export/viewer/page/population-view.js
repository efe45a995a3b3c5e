import { code, element, factList, limited, said, table } from "./elements.js";
import { formatCount, formatInstant, nounsOf } from "./phrases.js";
import { reconciliationFigures, reconciliationOrphans } from "./reconciliation-figures.js";
import { clip } from "./visible-text.js";

/** Where everything came from, how the sides tie, and how the samples were drawn. */
export function populationView(data) {
  return [
    element("h1", null, "Population and sample"),
    element("h2", null, "Reconciliation of changes, tickets and deployments"),
    reconciliation(data.reconciliation),
    element("h2", null, "Frozen populations"),
    table(
      [
        { title: "Population" },
        { title: "Size", class: "number" },
        { title: "Digest of its ids (SHA-256)" },
        { title: "When" },
      ],
      data.freezes.map(({ population, size, digest, at }) => [
        nounsOf(data, population),
        formatCount(size),
        code(digest),
        formatInstant(at),
      ]),
    ),
    element("h2", null, "Draws"),
    data.draws.map((view) => drawSection(data, view)),
    element("h2", null, "Pulls"),
    data.ipe.map(pullSection),
    element("h2", null, `Left out of the population: ${formatCount(data.exclusions.length)}`),
    limited(
      data.exclusions,
      200,
      ({ id, at, reason }) => element("p", null, code(id), ` ${formatInstant(at)} `, said(reason)),
      "population/exclusions.json",
    ),
    element("h2", null, `Remarks: ${formatCount(data.remarks.length)}`),
    limited(
      data.remarks,
      200,
      ({ id, remark }) => element("p", null, code(id), " ", said(remark)),
      "population/exclusions.json",
    ),
  ];
}

function reconciliation(data) {
  const columns = [{ title: "Side" }, { title: "Figure" }, { title: "Count", class: "number" }];
  const rows = reconciliationFigures(data).map(([side, name, count]) => [
    element("strong", null, side),
    name,
    count === null ? "not covered" : formatCount(count),
  ]);
  return [table(columns, rows), reconciliationOrphans(data).map(orphanList)];
}

function orphanList([name, ids]) {
  const list = element(
    "ul",
    { class: "ids" },
    ids.slice(0, 500).map((id) => element("li", null, code(id))),
  );
  const rest = ids.length > 500 ? element("p", { class: "muted" }, "The rest is in reconciliation.json.") : null;
  return element("details", null, element("summary", null, `${name}: ${formatCount(ids.length)}`), list, rest);
}

const methods = {
  rank: "by rank: the lowest SHA-256 of seed, vertical bar and id",
  systematic: "systematic: every so many of the ids in byte order, from a start that the seed gives",
  stratified: "stratified: by rank within each stratum of the population",
  targeted: "targeted: named by the auditor, non-statistical",
  haphazard: "haphazard: named by the auditor without a plan, non-statistical",
  everything: "everything: each item of the population",
};
const standings = { sample: "", apart: " (kept apart)", superseded: " (not tested)" };

function drawSection(data, { draw, command, standing, sentences }) {
  return [
    element(
      "h3",
      null,
      `${formatCount(draw.size)} of ${formatCount(draw.populationSize)} ${nounsOf(data, draw.population)}${standings[standing]}`,
    ),
    factList([
      ["Method", methods[draw.method]],
      ["Rationale", said(draw.rationale)],
      ["In words", said(sentences.join(" "))],
      ["Seed", draw.seed === "" ? "none" : code(draw.seed)],
      ["Drawn", [`${formatInstant(draw.at)} by `, said(draw.by)]],
      ["To draw it again", code(command)],
    ]),
  ];
}

function pullSection(record, index) {
  const tieOuts = record.tieOuts.map(({ what, how, expected, received }) => {
    const word = expected === received ? "agrees" : element("strong", { class: "missing" }, "differs");
    return [said(what), said(how), formatCount(expected), formatCount(received), word];
  });
  const columns = [
    { title: "Tie-out" },
    { title: "Expected number from" },
    { title: "Expected", class: "number" },
    { title: "Received", class: "number" },
    { title: "" },
  ];
  return element(
    "details",
    null,
    element(
      "summary",
      null,
      `B.${index + 1} `,
      said(record.sourceId),
      ` (${record.sourceKind}): ${formatCount(record.records)} raw records`,
    ),
    factList([
      ["Asked", said(clip(record.endpoint, 1000))],
      ["Query", code(record.query)],
      ["As", said([record.identity || "no account: files", record.access].filter((part) => part !== "").join("; "))],
      ["When", `${formatInstant(record.startedAt)} to ${formatInstant(record.finishedAt)}`],
      [
        "Received",
        said(
          Object.entries(record.counts)
            .map(([what, count]) => `${what}: ${formatCount(count)}`)
            .join(", "),
        ),
      ],
      [
        "Notes",
        record.notes.length > 0
          ? element(
              "ul",
              null,
              record.notes.map((note) => element("li", null, said(note))),
            )
          : "none",
      ],
      ["Digest", code(record.recordsDigest)],
    ]),
    tieOuts.length > 0 ? table(columns, tieOuts) : null,
  );
}
