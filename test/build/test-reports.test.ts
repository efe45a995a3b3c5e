import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { projectNode, root } from "../../build/install.mjs";
import { readPlaywrightReport } from "../../build/reports/playwright-report.ts";
import { addTallies, emptyTally, judgeTally, readSkippedTest, type Tally } from "../../build/reports/tally.ts";
import { readVitestReport } from "../../build/reports/vitest-report.ts";

/* Real runs of both runners on small test files, so that a change of their report formats shows. */

let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "tickmark-reports-"));
  writeFileSync(join(project, "package.json"), '{ "type": "module" }\n');
  symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
});

afterEach(() => {
  rmSync(project, { recursive: true, force: true });
});

function runTool(tool: string, args: readonly string[]): number {
  const { CI: _, ...env } = process.env;
  const done = spawnSync(projectNode, [join(root, "node_modules", tool), ...args], {
    cwd: project,
    env,
    encoding: "utf8",
  });
  return done.status ?? -1;
}

function runVitest(files: Readonly<Record<string, string>>): Tally {
  writeAll(files);
  const report = join(project, "report.json");
  const status = runTool("vitest/vitest.mjs", ["run", "--root", ".", "--reporter=json", `--outputFile=${report}`]);
  return readVitestReport(report, status);
}

function runPlaywright(files: Readonly<Record<string, string>>): Tally {
  const config =
    'export default { testDir: ".", testMatch: /e2e/, workers: 1, reporter: [["json", { outputFile: "report.json" }]] };';
  writeAll({ ...files, "playwright.config.ts": config });
  return readPlaywrightReport(join(project, "report.json"), runTool("@playwright/test/cli.js", ["test"]));
}

function writeAll(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(project, name), text);
  }
}

const vitestHead = 'import { describe, expect, it } from "vitest";\n';
const playwrightHead = 'import { expect, test } from "@playwright/test";\n';

describe("vitest's report", () => {
  it("counts what passed, what failed and what was skipped, by name", () => {
    const tally = runVitest({
      "a.test.ts": `${vitestHead}it("good", () => {});\nit("bad", () => expect(1).toBe(2));\nit.skip("left out", () => {});\nit.todo("later");\n`,
      "b.test.ts": `${vitestHead}describe.skip("real project [recorded data not present]", () => it("counts", () => {}));\n`,
    });
    expect(tally).toEqual({
      passed: 1,
      failed: [{ name: "a.test.ts › bad", message: expect.stringContaining("expected 1 to be 2") }],
      skipped: [
        { name: "left out", isRecordedDataAbsent: false },
        { name: "later", isRecordedDataAbsent: false },
        { name: "real project [recorded data not present] counts", isRecordedDataAbsent: true },
      ],
      faults: [],
    });
  });

  it("counts a file that cannot be loaded as a failure", () => {
    const tally = runVitest({
      "a.test.ts": `${vitestHead}it("good", () => {});\n`,
      "b.test.ts": `${vitestHead}throw new Error("not loaded");\n`,
    });
    expect(tally).toMatchObject({
      passed: 1,
      failed: [{ name: "b.test.ts", message: expect.stringContaining("not loaded") }],
      faults: [expect.stringContaining("b.test.ts")],
    });
  });

  it("does not overlook an error outside of every test", () => {
    const tally = runVitest({
      "a.test.ts": `${vitestHead}it("good", () => {});\nsetTimeout(() => { throw new Error("stray"); }, 0);\nit("waits", () => new Promise((end) => setTimeout(end, 50)));\n`,
    });
    expect(tally.failed).toEqual([]);
    expect(judgeTally(tally, false).isGood).toBe(false);
  });

  it("is not taken for good when it is missing", () => {
    expect(judgeTally(readVitestReport(join(project, "none.json"), 0), false).isGood).toBe(false);
  });
});

describe("Playwright's report", () => {
  it("counts what passed, what failed and what was skipped, by name", () => {
    const tally = runPlaywright({
      "a.e2e.ts": `${playwrightHead}test("good", () => {});\ntest.describe("window", () => {\n  test("bad", () => { expect(1).toBe(2); });\n  test.skip("left out", () => {});\n});\n`,
    });
    expect(tally).toEqual({
      passed: 1,
      failed: [{ name: "a.e2e.ts › window › bad", message: expect.stringContaining("toBe") }],
      skipped: [{ name: "a.e2e.ts › window › left out", isRecordedDataAbsent: false }],
      faults: [],
    });
  });

  it("names a file that cannot be loaded", () => {
    const tally = runPlaywright({ "a.e2e.ts": 'throw new Error("not loaded");\n' });
    expect(tally.faults).toContainEqual(expect.stringContaining("not loaded"));
    expect(judgeTally(tally, false).isGood).toBe(false);
  });
});

describe("the verdict on all tests", () => {
  const passed: Tally = { ...emptyTally, passed: 3 };

  it("is good when all passed", () => {
    expect(judgeTally(passed, true)).toEqual({ isGood: true, reasons: [] });
  });

  it("is not good when no test ran", () => {
    expect(judgeTally(emptyTally, false).reasons).toEqual(["no test ran"]);
  });

  it("under CI is not good when a test was skipped, unless its recorded data is not in the repository", () => {
    const skipped: Tally = { ...passed, skipped: [readSkippedTest("a window test")] };
    expect(judgeTally(skipped, false).isGood).toBe(true);
    expect(judgeTally(skipped, true).isGood).toBe(false);
    const recorded: Tally = { ...passed, skipped: [readSkippedTest("govuk [recorded data not present] counts")] };
    expect(judgeTally(recorded, true).isGood).toBe(true);
  });

  it("adds both runners up", () => {
    const failed: Tally = { ...emptyTally, failed: [{ name: "c", message: "d" }], faults: ["b"] };
    expect(addTallies(passed, failed)).toEqual({ ...failed, passed: 3 });
  });
});
