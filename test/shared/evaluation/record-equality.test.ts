import { expect, it } from "vitest";
import { makeChange } from "../../../build/bench/usual-change.ts";
import { compileCatalog } from "../../../shared/evaluation/catalog-compilation.ts";
import { evaluateItem } from "../../../shared/evaluation/evaluation.ts";
import type { Change } from "../../../shared/model/change.ts";

/** Outcome of a rule on a change. */
function outcomeOf(rule: string, change: Change): string | undefined {
  const about = "title: T, objective: O, risk: R, idea: I, frameworks: {}, population: change";
  const assertion = `{id: is-so, needs: [commits], pass: ${JSON.stringify(rule)}, passes: Yes., fails: No.}`;
  const text = `{id: c, version: "1", title: C, controls: [{id: ONE-01, ${about}, assertions: [${assertion}]}]}`;
  return evaluateItem(compileCatalog(text), "change", change)[0]?.outcome;
}

const change = makeChange(1);
const [author, helper] = change.authors;
const [review] = change.reviews;
if (!author || !helper || !review) throw new Error("The change has no author or no review.");
/** Equal in every field, and not the same object, as it is after a file was read. */
const copy = structuredClone({ ...author });
const reviewed = (by: typeof author): Change => ({ ...change, reviews: [{ ...review, by }] });

it("a person is in a list when somebody in it is equal in every field", () => {
  const rule = "change.reviews.exists(r, r.by in change.authors)";
  expect(outcomeOf(rule, reviewed(copy))).toBe("pass");
  expect(outcomeOf(rule, reviewed({ ...copy, account: "another" }))).toBe("fail");
  expect(outcomeOf(`!(${rule})`, reviewed(copy))).toBe("fail");
});

it("records and lists of records are equal when their fields are", () => {
  expect(outcomeOf("change.request.author == change.authors[0]", { ...change, authors: [copy] })).toBe("pass");
  expect(outcomeOf("change.request.author != change.authors[0]", { ...change, authors: [copy] })).toBe("fail");
  expect(outcomeOf("change.authors[0] == change.authors[1]", change)).toBe("fail");
  const twice = { ...change, reviews: [review, structuredClone(review)] };
  expect(outcomeOf("change.reviews[0] == change.reviews[1]", twice)).toBe("pass");
  expect(outcomeOf("change.reviews.map(r, r.by) == change.reviews.map(r, r.by)", twice)).toBe("pass");
});
