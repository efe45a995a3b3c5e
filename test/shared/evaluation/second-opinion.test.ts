import fc from "fast-check";
import { describe, it } from "vitest";
import type { Review } from "../../../shared/model/request-facts.ts";
import { History, loginOf } from "../population/history.ts";
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
});
