import { expect, it } from "vitest";
import { parseCatalog } from "../../../shared/evaluation/catalog-text.ts";
import { reportFrameworks } from "../../../shared/evaluation/framework-report.ts";
import { changeRequirements } from "../../../shared/evaluation/frameworks/change-requirements.ts";
import { knownFrameworks } from "../../../shared/evaluation/frameworks/known-frameworks.ts";
import type { Support } from "../../../shared/model/conclusion.ts";
import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import { catalogText } from "./catalog-under-test.ts";

const rule = (id: string, more = "") => `{id: ${id}, needs: [commits], pass: "true", passes: Yes., fails: No.${more}}`;
const control = (id: string, frameworks: string, rules = rule("is-so")) =>
  `{id: ${id}, title: ${id}, objective: O, risk: R, idea: I, frameworks: ${frameworks}, population: change, assertions: [${rules}]}`;
const { catalog } = parseCatalog(`
id: house
version: "1"
title: House
frameworks: {House rules: [H-2, H-1, H-3]}
controls:
  - ${control("ONE-01", "{SOC 2: [CC8.1], House rules: [H-1]}")}
  - ${control("TWO-01", "{SOC 2: [CC8.1, CC1.1]}")}
  - ${control("TWO-02", "{House rules: [H-1, H-2]}", `${rule("is-so")}, ${rule("and-all", ", population: review-pattern")}`)}
`);

const sampleOf = (population: PopulationKind, isApart = false) => ({
  id: `draw of ${population}${isApart ? ", apart" : ""}`,
  population,
  isApart,
});
const concluded = (on: string, control: string, support: Support) => ({ control, drawId: `draw of ${on}`, support });
const changes = sampleOf("change");
const patterns = sampleOf("review-pattern");

function statesOf(...given: Parameters<typeof reportFrameworks> extends [unknown, ...infer Rest] ? Rest : never) {
  const reports = reportFrameworks(catalog, ...given);
  return Object.fromEntries(
    reports.flatMap(({ framework, requirements }) =>
      requirements.map(({ requirement, state }) => [`${framework} ${requirement}`, state]),
    ),
  );
}

it("each requirement has the controls that name it, in the framework's order, and its weakest control's state", () => {
  const reports = reportFrameworks(
    catalog,
    [changes],
    [concluded("change", "ONE-01", "supported"), concluded("change", "TWO-01", "not-supported")],
  );
  expect(reports.map(({ framework }) => framework)).toEqual(["SOC 2", "House rules"]);
  expect(reports[0]?.requirements.find(({ requirement }) => requirement === "CC8.1")).toEqual({
    requirement: "CC8.1",
    controls: [
      { control: "ONE-01", title: "ONE-01", state: "supported" },
      { control: "TWO-01", title: "TWO-01", state: "not-supported" },
    ],
    state: "not-supported",
  });
  expect(reports[1]?.requirements.map(({ requirement }) => requirement)).toEqual(["H-2", "H-1", "H-3"]);
});

it("without a sample, before an evaluation, and where no claim is made, a control does not count as supported", () => {
  const one = (...given: Parameters<typeof statesOf>) => statesOf(...given)["SOC 2 CC1.1"];
  expect(one([], [])).toBe("no-sample");
  expect(one([changes], [])).toBe("not-tested");
  for (const support of [
    "second-stage-due",
    "withheld",
    "no-tolerable-rate",
    "not-projected",
    "nothing-applicable",
  ] as const)
    expect(one([changes], [concluded("change", "TWO-01", support)])).toBe("open");
  expect(one([changes], [concluded("change", "TWO-01", "supported")])).toBe("supported");
});

it("a control on two populations is supported only when both samples support it", () => {
  const onChanges = concluded("change", "TWO-02", "supported");
  const onPatterns = concluded("review-pattern", "TWO-02", "supported");
  expect(statesOf([changes], [onChanges])["House rules H-2"]).toBe("no-sample");
  expect(statesOf([changes, patterns], [onChanges])["House rules H-2"]).toBe("not-tested");
  expect(statesOf([changes, patterns], [onChanges, onPatterns])["House rules H-2"]).toBe("supported");
});

it("items that the auditor named support nothing", () => {
  const apart = sampleOf("change", true);
  expect(statesOf([apart], [concluded("change, apart", "TWO-01", "supported")])["SOC 2 CC1.1"]).toBe("no-sample");
});

it("a requirement that no control names is told where the framework speaks of changes, or where it is the house's own", () => {
  const states = statesOf([], []);
  expect(states["SOC 2 CC6.8"]).toBe("not-covered");
  expect(states["House rules H-3"]).toBe("not-covered");
  expect(states).not.toHaveProperty(["SOC 2 CC1.2"]);
});

it("a framework that no control names is not reported", () => {
  expect(Object.keys(statesOf([], [])).some((key) => key.startsWith("COBIT"))).toBe(false);
});

it("every requirement on changes exists in its framework", () => {
  expect([...changeRequirements.keys()]).toEqual([...knownFrameworks.keys()]);
  for (const [framework, requirements] of changeRequirements)
    expect(requirements.filter((requirement) => !knownFrameworks.get(framework)?.has(requirement))).toEqual([]);
});

it("the catalog that Tickmark brings names every framework, and each reference of its controls is reported once", () => {
  const brought = parseCatalog(catalogText).catalog;
  const reports = reportFrameworks(brought, [], []);
  expect(reports.map(({ framework }) => framework)).toEqual([...knownFrameworks.keys()]);
  const references = brought.controls.flatMap(({ id, frameworks }) =>
    Object.entries(frameworks).flatMap(([framework, ids]) => ids.map((each) => `${framework} ${each} ${id}`)),
  );
  const reported = reports.flatMap(({ framework, requirements }) =>
    requirements.flatMap(({ requirement, controls }) =>
      controls.map((each) => `${framework} ${requirement} ${each.control}`),
    ),
  );
  expect(reported.sort()).toEqual([...new Set(references)].sort());
});
