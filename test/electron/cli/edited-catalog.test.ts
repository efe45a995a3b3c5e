import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CatalogComparison } from "../../../shared/model/catalog-comparison.ts";
import type { Conclusion } from "../../../shared/model/conclusion.ts";
import type { FrameworkReport } from "../../../shared/model/framework-report.ts";
import { tickmark, tickmarkJson } from "./command-line.ts";
import { makeSmallEngagement } from "./small-engagement.ts";

const folder = mkdtempSync(join(tmpdir(), "tickmark-edited-catalog-"));
const edited = join(folder, "edited.yaml");
let file = "";

beforeAll(async () => {
  const further = `
  - id: SIZ-01
    title: Not in the first days
    objective: Work begins later.
    risk: It does not.
    idea: A control with a parameter.
    frameworks: {SOC 2: [CC8.1]}
    population: change
    parameters: {start: {type: string, default: "2026-01-01T00:00:00.000Z", meaning: When work begins.}}
    assertions:
      - {id: is-later, needs: [commits], passes: Later., pass: "timestamp(change.at) >= timestamp(params.start)", fails: "Before {params.start}."}
`;
  file = await makeSmallEngagement(folder, further);
  await tickmarkJson("sample", "draw", file, "--population", "change", "--everything", "--rationale", "All");
  await tickmarkJson("evaluate", file);
  const text = readFileSync(join(folder, "catalog.yaml"), "utf8");
  writeFileSync(edited, text.replace("change.title != 'Change 7'", "change.title != 'Change 8'"));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("tickmark evaluate --dry-run", () => {
  it("lists every result that an edited catalog would change, with both reasons, and changes none", async () => {
    const before = await tickmarkJson<{ activityHead: string }>("show", file);
    const found = await tickmarkJson<CatalogComparison>("evaluate", file, "--catalog", edited, "--dry-run");
    expect(found.changes.map(({ control, before: was, after: is }) => [control, was?.outcome, is?.outcome])).toEqual(
      expect.arrayContaining([
        ["ODD-01", "fail", "pass"],
        ["ODD-01", "pass", "fail"],
      ]),
    );
    expect(found.totalChanges).toBe(2);
    const all = await tickmarkJson<CatalogComparison>(
      "evaluate",
      file,
      "--catalog",
      edited,
      "--dry-run",
      "--population",
    );
    expect(all).toEqual({ ...found, scope: "population", changes: expect.arrayContaining(found.changes) });
    expect(await tickmarkJson("show", file)).toMatchObject({ activityHead: before.activityHead });
  });

  it("tells the same to people: counts before and after, and the items", async () => {
    const parameter = "SIZ-01.start=2026-01-08T00:00:00.000Z";
    const { status, out } = await tickmark("evaluate", file, "--parameter", parameter, "--dry-run");
    expect(status).toBe(0);
    expect(out).toContain('SIZ-01 start: "2026-01-01T00:00:00.000Z" → "2026-01-08T00:00:00.000Z"');
    expect(out).toMatch(/SIZ-01 is-later +36 → 34 +0 → 2 /);
    expect(out).toContain("after:  Before 2026-01-08T00:00:00.000Z.");
  });

  it("says where an edited catalog is wrong", async () => {
    const wrong = join(folder, "wrong.yaml");
    writeFileSync(wrong, readFileSync(edited, "utf8").replace("deployment.environment", "deployment.environmint"));
    const { status, err } = await tickmark("evaluate", file, "--catalog", wrong, "--dry-run");
    expect(status).toBe(2);
    expect(err).toMatch(/line \d+, column \d+: DEP-01 pass: No such key: environmint/);
  });

  it.each([
    [["--dry-run"], "nothing to try"],
    [["--catalog", "edited.yaml", "--population"], "a dry run"],
    [["--parameter", "nonsense", "--dry-run"], "CONTROL.name=value"],
  ])("refuses %j", async (options, why) => {
    const { status, out, err } = await tickmark("evaluate", file, ...options);
    expect(status).toBe(2);
    expect(out + err).toContain(why);
  });
});

describe("tickmark evaluate --parameter", () => {
  it("changes the engagement's catalog on record, and concludes on it", async () => {
    const parameter = "SIZ-01.start=2026-01-08T00:00:00.000Z";
    const conclusions = await tickmarkJson<Conclusion[]>("evaluate", file, "--parameter", parameter);
    expect(conclusions.map(({ control, deviations }) => [control, deviations])).toEqual([
      ["ODD-01", 2],
      ["SIZ-01", 2],
    ]);
  });
});

it("after another draw it is said that the evaluation is due", async () => {
  await tickmarkJson("sample", "draw", file, "--population", "deployment", "--everything", "--rationale", "All");
  expect(await tickmarkJson("show", file)).toMatchObject({
    next: { stage: "testing", sentence: expect.stringContaining("Evaluate again") },
  });
  await tickmarkJson("evaluate", file);
  expect(await tickmarkJson("show", file)).toMatchObject({ next: { stage: "export" } });
});

describe("tickmark frameworks", () => {
  it("tells for each requirement its controls and what is known of them", async () => {
    const [report, ...others] = await tickmarkJson<FrameworkReport[]>("frameworks", file, "--framework", "soc 2");
    expect(others).toEqual([]);
    expect(report?.requirements).toEqual([
      { requirement: "CC6.8", controls: [], state: "not-covered" },
      { requirement: "CC7.1", controls: [], state: "not-covered" },
      {
        requirement: "CC8.1",
        controls: [{ control: "SIZ-01", title: "Not in the first days", state: "open" }],
        state: "open",
      },
    ]);
    const { out } = await tickmark("frameworks", file);
    expect(out).toMatch(/CC8\.1 +open +SIZ-01 open/);
  });

  it("names the frameworks there are when asked for another", async () => {
    const { status, err } = await tickmark("frameworks", file, "--framework", "HIPAA");
    expect(status).toBe(2);
    expect(err).toContain("It names: SOC 2.");
  });
});
