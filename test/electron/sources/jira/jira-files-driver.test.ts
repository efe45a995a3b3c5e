import { hash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { jiraFilesDriver } from "../../../../electron/sources/jira/jira-files-driver.ts";
import { faultOf } from "../../../../shared/errors.ts";
import { resolvePeriod } from "../../../../shared/model/period.ts";
import type { SourceOf } from "../../../../shared/model/source.ts";
import { describeRecorded } from "../../../recorded-data.ts";
import { createPullDouble, evidenceOf, pullOnce, temporaryFolder } from "../pull-double.ts";
import { doubled, pullDyingAtEverySave } from "../pull-with-secret.ts";

const period = resolvePeriod("2025-01-01", "2025-06-30", "UTC");
const source: SourceOf<"jira-files"> = { id: "jira", kind: "jira-files", projects: ["SHOP"], path: "export" };

function issue(number: number, padding = 0, project = "SHOP") {
  return { key: `${project}-${number}`, fields: { summary: "x".repeat(padding) } };
}

function lines(count: number, padding = 0): string {
  return Array.from({ length: count }, (_, index) => `${JSON.stringify(issue(index + 1, padding))}\n`).join("");
}

function handOver(files: Record<string, string | Uint8Array>) {
  const baseFolder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(baseFolder, name)), { recursive: true });
    writeFileSync(join(baseFolder, name), content);
  }
  return { baseFolder, period };
}

it("search pages, pages of a history and lines are taken for what they are, packed or not", async () => {
  const page = JSON.stringify({ issues: [issue(1), issue(2)], isLast: true });
  const history = JSON.stringify({ values: [{ created: "2025-01-01T00:00:00.000+0000", items: [] }], total: 1 });
  const settings = handOver({
    "export/page-1.json": page,
    "export/page-2.json.gz": gzipSync(JSON.stringify({ issues: [issue(3)] })),
    "export/SHOP-1-changelog.json": history,
    "export/more.jsonl": lines(5),
    "export/even-more.ndjson.gz": gzipSync(lines(6)),
    "export/lines-in-disguise.json": lines(7),
  });
  const { records, outcome } = await pullOnce(jiraFilesDriver, source, settings);
  expect(Object.fromEntries(records.map(({ locator, format }) => [locator, format]))).toEqual({
    "export/SHOP-1-changelog.json": "jira.changelog",
    "export/even-more.ndjson.gz#L1-6": "jira.issue-lines",
    "export/lines-in-disguise.json#L1-7": "jira.issue-lines",
    "export/more.jsonl#L1-5": "jira.issue-lines",
    "export/page-1.json": "jira.issues",
    "export/page-2.json.gz": "jira.issues",
  });
  expect(outcome.counts).toEqual({ "tickets of SHOP": 7 });
  expect(outcome.coverage).toEqual([{ kind: "tickets", scope: "SHOP", from: period.start, to: period.end }]);
});

it("the parts of a file of lines are whole lines, numbered through, and together the file", async () => {
  const text = lines(400, 10_000);
  const { records, outcome } = await pullOnce(
    jiraFilesDriver,
    { ...source, path: "tickets.jsonl.gz" },
    handOver({ "tickets.jsonl.gz": gzipSync(text) }),
  );
  expect(records.length).toBeGreaterThan(3);
  expect(Buffer.concat(records.map(({ bytes }) => bytes)).toString()).toBe(text);
  let next = 1;
  for (const { bytes, reading } of records) {
    expect(bytes.byteLength).toBeLessThanOrEqual(1024 * 1024);
    expect(reading).toEqual({ firstLine: next });
    next += Buffer.from(bytes).toString().split("\n").length - 1;
  }
  expect(next).toBe(401);
  expect(outcome.notes.join("\n")).toContain(hash("sha256", gzipSync(text)));
});

it("a reading that dies at every part goes on without losing or doubling a line", async () => {
  const settings = handOver({
    "export/a.jsonl": lines(300, 10_000),
    "export/b.json": JSON.stringify({ issues: [issue(1)] }),
  });
  const whole = await pullOnce(jiraFilesDriver, source, settings);
  const broken = await pullDyingAtEverySave(jiraFilesDriver, source, "", settings);
  expect(broken.deaths).toBeGreaterThan(0);
  expect(evidenceOf(broken)).toEqual(evidenceOf(whole));
  expect(doubled(broken)).toEqual([]);
  expect(broken.outcome).toEqual(whole.outcome);
});

it("a file that changed since the interruption is read from its first line again", async () => {
  const settings = handOver({ "export/a.jsonl": lines(300, 10_000) });
  const begun = createPullDouble({ ...settings, dieAtSave: 2 });
  await jiraFilesDriver.pull(source, begun.context).catch(() => undefined);
  writeFileSync(join(settings.baseFolder, "export/a.jsonl"), lines(3));
  const resumed = await pullOnce(jiraFilesDriver, source, { after: begun });
  expect(resumed.records.map(({ locator }) => locator)).toContain("export/a.jsonl#L1-3");
});

it("lines that are no tickets, tickets of other projects and projects without a ticket are told", async () => {
  const text = `${JSON.stringify(issue(1))}\nnot JSON\n\n{"no":"ticket"}\n${JSON.stringify(issue(9, 0, "OTHER"))}\n`;
  const { outcome } = await pullOnce(
    jiraFilesDriver,
    { ...source, projects: ["SHOP", "EMPTY"] },
    handOver({ "export/a.jsonl": text }),
  );
  expect(outcome.coverage.map(({ scope }) => scope)).toEqual(["SHOP"]);
  const notes = outcome.notes.join("\n");
  expect(notes).toContain("2 lines or elements are no tickets.");
  expect(notes).toContain("1 tickets are of projects that this source does not name.");
  expect(notes).toContain("The files hold no ticket of EMPTY");
});

it.each([
  ["export/notes.txt", "words", "is neither a JSON or JSONL file"],
  ["export/a.json", '{"hello":1}', "holds no tickets; export/a.json: "],
  ["export/SHOP.json", '{"values":[{"items":[]}]}', "its name does not say of which ticket"],
])("without anything to take (%s) it is a fault that says why", async (name, content, message) => {
  const thrown = await pullOnce(jiraFilesDriver, source, handOver({ [name]: content })).catch(
    (error: unknown) => error,
  );
  expect(faultOf(thrown)).toMatchObject({ code: "file-format-unknown", message: expect.stringContaining(message) });
});

it("a packed file that was cut is a fault that names it", async () => {
  const settings = handOver({ "export/a.jsonl.gz": gzipSync(lines(50, 1000)).subarray(0, 100) });
  const thrown = await pullOnce(jiraFilesDriver, source, settings).catch((error: unknown) => error);
  expect(faultOf(thrown)).toMatchObject({
    code: "file-unreadable",
    message: expect.stringContaining("export/a.jsonl.gz"),
  });
});

describeRecorded("alloy", "the exported tickets of a real Jira Server", (folder) => {
  it("are all taken, byte for byte", async () => {
    const path = join(folder, "jira-issues.jsonl.gz");
    const alloy = { ...source, projects: ["ALOY"], path };
    const { records, outcome } = await pullOnce(jiraFilesDriver, alloy, { period });
    expect(outcome.counts).toEqual({ "tickets of ALOY": 144 });
    const text = gunzipSync(readFileSync(path));
    expect(Buffer.concat(records.map(({ bytes }) => bytes)).equals(text)).toBe(true);
  });
});
