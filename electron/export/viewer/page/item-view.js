import { code, element, factList, link, said, table } from "./elements.js";
import { evidenceLink } from "./evidence-links.js";
import { judgementBeside } from "./judgement-view.js";
import { badge } from "./outcomes.js";
import { countOf, describePerson, formatInstant, nounsOf } from "./phrases.js";
import { clip } from "./visible-text.js";

/** One sampled item: what it is, its chain from request to deployment, and what each rule found and read. */
export function itemView(data, ref) {
  const rows = data.matrices.flatMap((matrix) =>
    matrix.rows.map((row) => ({ row, population: matrix.draw.population })),
  );
  const index = rows.findIndex(({ row }) => row.ref === ref);
  if (index < 0) return [element("h1", null, "There is no such item in the sample.")];
  const { row, population } = rows[index];
  const item = data.items[population].find(({ id }) => id === row.id);
  const results = data.results.filter((result) => result.item === row.id && result.population === population);
  const step = (other, word) => (other ? link(`item/${other.row.ref}`, `${word} ${other.row.ref}`) : null);
  return [
    element(
      "nav",
      { class: "steps", "aria-label": "Items" },
      step(rows[index - 1], "Previous:"),
      step(rows[index + 1], "Next:"),
      link(`matrix/${population}`, `All sampled ${nounsOf(data, population)}`),
    ),
    element("h1", null, element("span", { class: "ref" }, ref), " ", said(clip(row.title, 300))),
    item ? facts(data, item, population) : element("p", null, `Its details are in items/${population}s.jsonl.`),
    element("h2", null, "Results"),
    results.length > 0
      ? resultTable(data, results)
      : element("p", { class: "muted" }, item ? "No control was tested on this item." : "They are in results.jsonl."),
    item ? chain(data, item, population) : null,
  ];
}

function facts(data, item, population) {
  const told = data.told[population]?.[item.id];
  if (told) {
    const fields = told.map(({ name, lines }) => [
      name,
      lines.map((line) => element("div", null, said(clip(line, 2000)))),
    ]);
    return factList([["id", code(item.id)], ...fields]);
  }
  if (population === "change") {
    const clock = item.clock === "host" ? "by the code host's clock" : "by the clock of whoever made the commit";
    return factList([
      ["Change", code(item.id)],
      ["Arrived", `${formatInstant(item.at)}, ${clock}; ${item.kind === "merge" ? "a merge" : "a single commit"}`],
      ["Written by", said(item.authors.map(describePerson).join(", ") || "unknown")],
    ]);
  }
  const how = item.byPipeline ? "the pipeline" : "not the pipeline";
  return factList([
    ["Deployment", code(item.id)],
    ["When", `${formatInstant(item.at)}${item.rollback ? "; it put an earlier state back" : ""}`],
    ["By", [`${how}, account `, said(describePerson(item.account)), ", for ", said(describePerson(item.requestedBy))]],
    ["Revision", [code(item.revision), ` (${item.revisionKind}, ${item.place})`]],
  ]);
}

function resultTable(data, results) {
  const rows = results.map((result) => [
    [
      link(`control/${encodeURIComponent(result.control)}`, result.control),
      element("div", { class: "muted small" }, result.assertion),
    ],
    badge(result.outcome),
    [said(clip(result.reason, 2000)), judgementBeside(data, result)],
    element(
      "ul",
      { class: "values" },
      Object.entries(result.values).map(([name, value]) =>
        element("li", null, code(`${name} = ${clip(JSON.stringify(value), 2000)}`)),
      ),
    ),
  ]);
  return table(
    [
      { title: "Control", class: "sixth" },
      { title: "Outcome", class: "sixth" },
      { title: "Why", class: "third" },
      { title: "Values that the rule read" },
    ],
    rows,
  );
}

/** What stands for each kind of evidence, whether it was pulled at all, and where its raw records lie. */
function chain(data, item, population) {
  const records = new Map(data.evidence.map((record) => [record.sha256, record]));
  const links = linksOf(item, population);
  return [
    element("h2", null, "Evidence"),
    element(
      "ol",
      { class: "chain" },
      links.map((entry) => chainLink(entry, item, records)),
    ),
    element(
      "p",
      { class: "muted small" },
      "Raw records were written by the systems under audit. Open them in a text editor, or choose the unpacked folder under “How to verify” to read them here as text.",
    ),
  ];
}

function chainLink({ name, as, needs, says }, item, records) {
  const uses = item.evidence.filter((use) => use.as === as);
  const absence = item.coverage[needs]
    ? element("p", null, "None found, and all were pulled.")
    : element("p", { class: "missing" }, "Not pulled for this item: nothing is known.");
  return element(
    "li",
    { class: says.length > 0 ? "found" : "absent" },
    element("h3", null, name),
    says.length > 0
      ? says.map(([words, at]) =>
          element("p", null, said(words), element("time", null, at === undefined ? "" : formatInstant(at))),
        )
      : absence,
    uses.length > 0
      ? element(
          "ul",
          { class: "raws" },
          uses.map((use) => evidenceLink(use, records)),
        )
      : null,
  );
}

function linksOf(item, population) {
  if (population === "change") return changeLinks(item);
  if (population === "deployment") return deploymentLinks(item);
  return [];
}

function changeLinks(change) {
  const { request } = change;
  const others = change.commits.length - 1;
  const brought = others === 0 ? "alone" : `with ${others} more`;
  return [
    {
      name: "Ticket",
      as: "ticket",
      needs: "tickets",
      says: change.tickets.map((ticket) => [
        `${ticket.key}: ${ticket.type}, ${ticket.status}: ${clip(ticket.summary, 500)}`,
        ticket.createdAt,
      ]),
    },
    {
      name: "Commits",
      as: "commit",
      needs: "commits",
      says: [[`${change.commit} ${brought}; committed by ${describePerson(change.committer)}`, change.at]],
    },
    {
      name: "Request",
      as: "request",
      needs: "requests",
      says: request.found
        ? [
            [
              `#${request.number} opened by ${describePerson(request.author)}, merged by ${describePerson(request.mergedBy)}: ${clip(request.title, 500)}`,
              request.mergedAt,
            ],
          ]
        : [],
    },
    {
      name: "Reviews",
      as: "review",
      needs: "reviews",
      says: change.reviews.map((review) => [
        `${review.state} by ${describePerson(review.by)}${review.mayApprove ? "" : ", who has no right to approve"}, on ${review.commit || "a commit that the host no longer knows"}`,
        review.at,
      ]),
    },
    {
      name: "Builds",
      as: "build",
      needs: "builds",
      says: change.builds.map((build) => [
        `${build.completed ? build.conclusion : "not finished"}: ${build.workflow}, run ${build.id}, attempt ${build.attempt}, on ${build.commit}`,
        build.finishedAt,
      ]),
    },
    {
      name: "Deployments",
      as: "deployment",
      needs: "deployments",
      says: change.releases.map((release) => [
        `${release.environment}: ${release.revision} ${release.byPipeline ? "by the pipeline" : "not by the pipeline"}, for ${describePerson(release.by)}`,
        release.at,
      ]),
    },
  ];
}

function deploymentLinks(item) {
  const status = item.status === "" ? "the log does not say how it ended" : `status ${item.status}`;
  const brought = `${countOf(item.newChanges.length, ["change", "changes"])} reached this environment for the first time`;
  return [
    {
      name: "Deployment",
      as: "deployment",
      needs: "deployments",
      says: [[`${item.revision} to ${item.environment}, ${status}`, item.at]],
    },
    {
      name: "Commit",
      as: "commit",
      needs: "commits",
      says: [[`${item.commit || "no commit"} (${item.place}); ${brought}`, undefined]],
    },
  ];
}
