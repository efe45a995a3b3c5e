import { expect, it } from "vitest";
import { describeConclusions } from "../../../electron/cli/commands/conclusion-table.ts";
import type { Conclusion } from "../../../shared/model/conclusion.ts";
import { conclude, houseTable, plan, type Tested } from "../../shared/evaluation/sample-under-test.ts";

const request = { method: "binomial", confidence: "0.95", tolerableRate: "0.05" } as const;
const tested = (change: Partial<Tested>): Conclusion =>
  conclude({ populationSize: 812, basis: plan(request), found: { pass: 60 }, ...change });

it("shows deviations, limit, tolerable rate and reliance of each control", () => {
  const [head, names, row] = describeConclusions([tested({})]);
  expect(head).toBe("Conclusions on changes, statistical, from a population of 812:");
  expect(names?.split(/ +/).slice(-4)).toEqual(["at", "most", "tolerable", "reliance"]);
  expect(row).toMatch(/^REV-01 .* 60 +0 +0 +0\.00 % +4\.88 % +5 % supported$/);
});

it("shows counts alone of a sample that nothing may be projected from", () => {
  const lines = describeConclusions([tested({ basis: houseTable, found: { pass: 24, fail: 1 } })]);
  expect(lines[2]).toMatch(/ 1 +4\.00 % +- +- not projected$/);
});

it("parts samples, and says once what its words mean", () => {
  const two = [tested({}), { ...tested({ found: { pass: 58, fail: 2 } }), drawId: "another" }];
  const lines = describeConclusions([...two, ...two]);
  expect(lines.filter((line) => line.startsWith("Conclusions on"))).toHaveLength(2);
  expect(lines.filter((line) => line.startsWith("supported: "))).toHaveLength(1);
});

it("tells what was tested beside what was judged, where something was", () => {
  const item = `ledger@${"60".padStart(40, "0")}`;
  const disposed = { control: "REV-01", assertion: "approved", item, outcome: "pass" } as const;
  const lines = describeConclusions([tested({ found: { "pass": 60, "no-evidence": 1 }, dispositions: [disposed] })]);
  expect(lines[2]).toMatch(/ 61 +0 +0 +0\.00 % +4\.80 % +5 % supported$/);
  const said = lines.slice(3).join(" ").replace(/ +/g, " ");
  expect(said).toContain("REV-01 as tested, without any judgement: 1 of 61 deviate, at most 7.55 %; not supported");
});

it("is read on a terminal of 100 letters", () => {
  const long = "An independent peer, who wrote none of it, approved every change before it was merged to release";
  for (const line of describeConclusions([{ ...tested({ found: { "not-applicable": 9 } }), title: long }])) {
    expect(line.length).toBeLessThanOrEqual(100);
  }
});
