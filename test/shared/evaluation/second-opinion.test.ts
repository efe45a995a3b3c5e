import fc from "fast-check";
import { describe, it } from "vitest";
import { listAskedDocuments } from "../../../shared/model/catalog.ts";
import { PopulationKind } from "../../../shared/model/population-kind.ts";
import type { Review } from "../../../shared/model/request-facts.ts";
import { buildPopulation } from "../../../shared/population/build-population.ts";
import { History, loginOf, period } from "../population/history.ts";
import { EntityStory } from "./answer-key/entity-story.ts";
import { compiledCatalog } from "./catalog-under-test.ts";
import { compare } from "./cel-oracle.ts";

const person = fc.constantFrom("ada", "ben", "cleo", "dan", "stranger");
const review = fc.record({
  by: person,
  hour: fc.integer({ min: 1, max: 14 }),
  state: fc.constantFrom<Review["state"]>("approved", "changes-requested", "commented", "dismissed"),
  onHead: fc.boolean(),
  mayApprove: fc.boolean(),
});
const story = fc.record({
  author: person,
  coAuthor: fc.option(person),
  merged: fc.boolean(),
  reviews: fc.array(review, { maxLength: 4 }),
  builds: fc.array(
    fc.record({
      on: fc.constantFrom("head", "merge"),
      conclusion: fc.constantFrom("success", "failure", "skipped" as const),
      job: fc.constantFrom("test", "lint"),
    }),
    { maxLength: 3 },
  ),
  deployments: fc.array(
    fc.record({ by: person, pipeline: fc.boolean(), revision: fc.constantFrom("v1", "head", "nowhere") }),
    { maxLength: 3 },
  ),
  ticket: fc.boolean(),
  missing: fc.subarray(["reviews", "requests", "tickets", "builds", "deployments"] as const, { maxLength: 1 }),
});

const by = fc.constantFrom("mia", "olaf", "ada", "robo", "nora", "stranger");
const points = ["logs-read", "findings-followed-up", "alerts-looked-at", "unexplained-have-tickets", "change-policy"];
const beside = fc.record({
  attested: fc.array(
    fc.record({
      control: fc.constantFrom("OPS-01", "OPS-02", "OPS-03", "REV-07", "POL-01"),
      occurrence: fc.constantFrom("2026-W06", "2026-W01", "2026-Q1", "change-policy"),
      by,
      at: fc.constantFrom("2025-11-03T09:00:00.000Z", "2026-02-10T09:00:00.000Z", "2026-04-10T09:00:00.000Z"),
      done: fc.subarray(points),
      document: fc.constantFrom("minutes.pdf", null),
      received: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
  runs: fc.array(
    fc.record({ host: fc.constantFrom("web1", "web2"), changes: fc.nat({ max: 2 }), succeeded: fc.boolean() }),
    { maxLength: 3 },
  ),
  found: fc.option(
    fc.record({
      path: fc.constantFrom("/etc/app.conf", "/etc/other.conf"),
      deployed: fc.option(fc.boolean()),
      converged: fc.option(fc.boolean()),
    }),
  ),
  access: fc.option(
    fc.record({
      by,
      action: fc.constantFrom("login", "command", "command-refused", "account-change"),
      what: fc.constantFrom("rm -rf /srv", "bash"),
      writes: fc.constantFrom(true, false, null),
    }),
  ),
  incident: fc.option(
    fc.record({
      status: fc.constantFrom("Done", "Duplicate"),
      summary: fc.constantFrom("Post-mortem", "Fix it"),
      paths: fc.subarray(["src/a.ts", "test/a.test.ts"]),
    }),
  ),
  missing: fc.subarray(["attestations", "detections", "convergence", "deployments", "access", "attachments"] as const, {
    maxLength: 1,
  }),
});

describe("an independent CEL implementation", () => {
  it("agrees on every assertion for generated histories", () => {
    fc.assert(
      fc.property(story, (told) => {
        const history = new History();
        const base = history.commit({ at: 0 });
        const head = history.commit({
          by: told.author,
          parents: [base],
          at: 1,
          message: "LED-1 x\n",
          coAuthors: told.coAuthor ? [told.coAuthor] : [],
        });
        const merge = history.merge(base, head, { at: 10 });
        history
          .main(merge)
          .tag("v1", merge)
          .without(...told.missing);
        if (told.merged) history.request(1, { head, mergeCommit: merge, author: loginOf(told.author), hour: 10 });
        if (told.ticket) history.ticket("LED-1");
        for (const { by, hour, state, onHead, mayApprove } of told.reviews) {
          history.review(1, by, onHead ? head : base, { hour, state, mayApprove });
        }
        for (const { on, conclusion, job } of told.builds)
          history.build(on === "head" ? head : merge, conclusion, { job });
        for (const { by, pipeline, revision } of told.deployments) {
          history.deploy(revision === "head" ? head : revision, {
            byPipeline: pipeline,
            requestedBy: loginOf(by),
            hour: 20,
          });
        }
        const { change, deployment } = history.population().items;
        for (const item of change) compare("change", item);
        for (const item of deployment) compare("deployment", item);
      }),
      { numRuns: 300 },
    );
  });

  it("agrees on every assertion for what generated weeks, quarters, documents, incidents and production are", () => {
    const asked = listAskedDocuments(compiledCatalog().catalog);
    fc.assert(
      fc.property(beside, ({ attested, runs, found, access, incident, missing }) => {
        const story = new EntityStory("2026-W06");
        for (const { control, occurrence, ...given } of attested) story.attest(control, [], { occurrence, ...given });
        for (const run of runs) story.detectorRun(run);
        if (found) {
          story.detected(found.path);
          if (found.deployed !== null) story.deployed(found.deployed);
          if (found.converged !== null) story.converged({ revision: found.converged ? "" : "f".repeat(40) });
        }
        if (access) story.access(access.by, access.action, access.what, access.writes);
        story.about = "LED-7";
        if (incident) {
          story.incident({ status: incident.status }).followedBy("LED-8", { summary: incident.summary });
          story.changed("LED-8", ...incident.paths);
        }
        story.history.without(...missing);
        const { items } = buildPopulation(story.history.input(), { period, asked });
        for (const kind of PopulationKind.options) for (const item of items[kind]) compare(kind, item);
      }),
      { numRuns: 60 },
    );
  });
});
