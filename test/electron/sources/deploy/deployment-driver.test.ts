import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { deploymentLogDriver } from "../../../../electron/sources/deploy/deployment-driver.ts";
import { readEvidence } from "../../../../shared/facts/evidence-reading.ts";
import type { DeploymentMapping } from "../../../../shared/model/deployment-mapping.ts";
import type { RawRecord } from "../../../../shared/model/evidence.ts";
import type { ReadFacts } from "../../../../shared/model/facts.ts";
import { resolvePeriod } from "../../../../shared/model/period.ts";
import { Source, type SourceOf } from "../../../../shared/model/source.ts";
import { describeRecorded } from "../../../recorded-data.ts";
import { createPullDouble, Died, evidenceOf, pullOnce, temporaryFolder } from "../pull-double.ts";
import { factsOf as factsIn } from "./tool-under-test.ts";

type LogSource = SourceOf<"deployment-log">;
const period = resolvePeriod("2025-01-01", "2025-06-30", "UTC");
const mapping: DeploymentMapping = { environment: "env", revision: "rev", at: "at", by: "by", id: "id" };

function logSource(path: string, more: Partial<LogSource> = {}): LogSource {
  return {
    id: "deployments",
    kind: "deployment-log",
    repository: "shop",
    path,
    format: path.includes(".csv") ? "csv" : "jsonl",
    mapping,
    production: ["production"],
    pipelineTriggers: ["pipeline"],
    pipelineAccounts: [],
    ...more,
  };
}

function factsOf(records: readonly RawRecord[], source: LogSource): ReadFacts[] {
  return records.map((record) =>
    readEvidence({ ...record, sha256: "0".repeat(64), sourceId: source.id, reading: record.reading }, source),
  );
}

function jsonLine(number: number): string {
  const day = String(1 + (number % 28)).padStart(2, "0");
  return JSON.stringify({
    id: `d${number}`,
    env: number % 2 ? "production" : "staging",
    rev: `v${number}`,
    at: `2025-02-${day}T10:00:00+01:00`,
    by: "ci",
  });
}

function write(name: string, content: string | Uint8Array): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}

it("stores a log in parts of whole lines that are the file again, each readable by itself", async () => {
  const lines = Array.from({ length: 30_000 }, (_, index) => `${jsonLine(index)}\n`);
  const text = lines.join("");
  for (const [name, content] of [
    ["log.jsonl", text],
    ["log.jsonl.gz", gzipSync(text)],
  ] as const) {
    const source = logSource(write(name, content));
    const pull = await pullOnce(deploymentLogDriver, source, { period });
    expect(Buffer.concat(pull.records.map(({ bytes }) => bytes)).toString()).toBe(text);
    expect(pull.records.length).toBeGreaterThan(2);
    let next = 1;
    for (const { locator, reading, bytes } of pull.records) {
      const [, first, last] = /^log\.jsonl(?:\.gz)?#L(\d+)-(\d+)$/.exec(locator) ?? [];
      expect([Number(first), reading?.firstLine]).toEqual([next, next]);
      expect(bytes.length).toBeLessThanOrEqual(1024 * 1024);
      next = Number(last) + 1;
    }
    const read = factsOf(pull.records, source);
    expect(read.flatMap(({ facts }) => facts.map((fact) => fact.kind === "deployment" && fact.id))).toEqual(
      lines.map((_, index) => `d${index}`),
    );
    expect(read[1]?.facts[0]?.origin.place).toBe(`line ${pull.records[1]?.reading?.firstLine}`);
    expect(pull.outcome.tieOuts).toEqual([expect.objectContaining({ expected: 30_000, received: 30_000 })]);
    expect(pull.outcome.counts).toEqual({ "records": 30_000, "production deployments": 15_000 });
    expect(pull.outcome.coverage).toEqual([{ kind: "deployments", scope: "shop", from: period.start, to: period.end }]);
  }
});

it("reads CSV with commas, quotation marks and line ends in its cells, in parts that end where records end", async () => {
  const note = `"said ""go"",\r\nthen left ${"x".repeat(200)}"`;
  const rows = Array.from(
    { length: 8000 },
    (_, index) => `d${index},production,v${index},2025-03-01T10:00:00Z,ada,${note}\r\n`,
  );
  const text = `\uFEFFid,env,rev,at,by,note\r\n${rows.join("")}`;
  const source = logSource(write("log.csv", text));
  const pull = await pullOnce(deploymentLogDriver, source, { period });
  expect(Buffer.concat(pull.records.map(({ bytes }) => bytes)).toString()).toBe(text);
  expect(pull.records.length).toBeGreaterThan(1);
  expect(pull.records[1]?.reading).toMatchObject({ columns: ["id", "env", "rev", "at", "by", "note"] });
  const read = factsOf(pull.records, source);
  expect(read.flatMap(({ unread }) => unread)).toEqual([]);
  expect(
    read.flatMap(({ facts }) => facts.map((fact) => fact.kind === "deployment" && `${fact.id} ${fact.by}`)),
  ).toEqual(rows.map((_, index) => `d${index} ada`));
});

it("a CSV file without a mapped column is refused, naming that column and those that are there", async () => {
  const source = logSource(write("log.csv", "id,environment,rev,at,by\nd1,production,v1,2025-03-01T10:00:00Z,ci\n"));
  const double = createPullDouble({ period });
  await expect(deploymentLogDriver.pull(source, double.context)).rejects.toMatchObject({
    code: "csv-column-missing",
    message: 'log.csv has no column "env"; its columns are id, environment, rev, at, by.',
  });
  expect(double.records).toEqual([]);
  const semicolons = logSource(write("log.csv", "id;env;rev;at;by\nd1;production;v1;2025-03-01T10:00:00Z;ci\n"));
  await expect(pullOnce(deploymentLogDriver, semicolons)).rejects.toMatchObject({
    message: expect.stringContaining("must be separated by commas"),
  });
});

it("lines that are no records are noted with number and reason and counted, and the others are kept", async () => {
  const bad = [
    "not json",
    "[]",
    '{"env":"production","rev":"v1"}',
    '{"env":"production","rev":"v1","at":"2025-03-01 10:00"}',
    '{"env":"production","rev":{},"at":"2025-03-01T10:00:00Z"}',
  ];
  const source = logSource(write("log.jsonl", `${jsonLine(1)}\n\n${bad.join("\n")}\n${jsonLine(2)}`));
  const pull = await pullOnce(deploymentLogDriver, source, { period });
  expect(pull.outcome.tieOuts[0]).toMatchObject({ expected: 7, received: 2 });
  expect(pull.outcome.counts).toMatchObject({ "records": 2, "records not read": 5 });
  expect(pull.outcome.notes.filter((note) => note.startsWith("Not read"))).toEqual([
    "Not read: line 3: it is not JSON.",
    "Not read: line 4: it is not a JSON object.",
    'Not read: line 5: it has no "at".',
    'Not read: line 6: "2025-03-01 10:00" in "at" is not a time with its zone.',
    'Not read: line 7: its field "rev" is not a text.',
  ]);
  const [read] = factsOf(pull.records, source);
  expect(read?.unread.map(({ origin }) => origin.place)).toEqual(["line 3", "line 4", "line 5", "line 6", "line 7"]);
  expect(read?.facts).toHaveLength(2);
});

it("names the first hundred unread lines and the number of the rest", async () => {
  const source = logSource(write("log.jsonl", `${jsonLine(1)}\n${"{}\n".repeat(150)}`));
  const notes = (await pullOnce(deploymentLogDriver, source, { period })).outcome.notes.filter((note) =>
    note.startsWith("Not read"),
  );
  expect(notes).toHaveLength(101);
  expect(notes.at(-1)).toBe("Not read: 50 more records.");
});

it("a log in which nothing can be read is refused, and so are an empty one and one that is not UTF-8", async () => {
  for (const [content, code] of [
    ["id,env\n", "record-invalid"],
    ["", "record-invalid"],
    [Buffer.from(`${jsonLine(1)}\n`, "utf16le"), "record-invalid"],
    [
      Buffer.concat([Buffer.from(`${jsonLine(1)}\n`), Buffer.from('{"by":"J\xf6rg"}', "latin1")]),
      "file-format-unknown",
    ],
  ] as const) {
    await expect(pullOnce(deploymentLogDriver, logSource(write("log.jsonl", content)))).rejects.toMatchObject({ code });
  }
});

it("a missing file, a folder and half a gzip file are told apart", async () => {
  const folder = temporaryFolder();
  const half = gzipSync(jsonLine(1).repeat(100)).subarray(0, 60);
  for (const [path, code] of [
    [join(folder, "absent.jsonl"), "file-missing"],
    [folder, "file-format-unknown"],
    [write("log.jsonl.gz", half), "file-unreadable"],
  ] as const) {
    await expect(pullOnce(deploymentLogDriver, logSource(path))).rejects.toMatchObject({ code });
  }
});

it("words for an end that are known for neither a good nor a bad one are named", async () => {
  const ends = ["ok", "Failed", "", "RUNNING", "gone out", "gone out"];
  const lines = ends.map((end, number) => JSON.stringify({ ...JSON.parse(jsonLine(number)), end }));
  const source = logSource(write("deployments.jsonl", `${lines.join("\n")}\n`), {
    mapping: { ...mapping, status: "end" },
  });
  const { notes } = (await pullOnce(deploymentLogDriver, source, { period })).outcome;
  expect(notes).toContain(
    'Whether a deployment went well is not known from "RUNNING", "gone out": what came with it counts as released, and it speaks for nothing.',
  );
});

it("says how the log's records lie to the period, and what of the mapping no record has", async () => {
  const source = logSource(write("log.jsonl", `${jsonLine(1)}\n${jsonLine(3)}\n`), {
    mapping: { ...mapping, trigger: "how" },
    production: ["live"],
  });
  const { notes } = (await pullOnce(deploymentLogDriver, source, { period })).outcome;
  expect(notes).toContain("Its records are dated from 2025-02-02T09:00:00.000Z to 2025-02-04T09:00:00.000Z.");
  expect(notes).toContain("Its first record is 32.4 days after the period's start.");
  expect(notes).toContain("Its last record is 146.6 days before the period's end.");
  expect(notes).toContain('No record has a value in "how", which is mapped as trigger.');
  expect(notes).toContain("No record is of a production environment (live); environments found: production.");
});

it("a pull that dies at any point is finished by the next one without loss or double", async () => {
  const path = write("log.jsonl", Array.from({ length: 30_000 }, (_, index) => `${jsonLine(index)}\n`).join(""));
  const whole = await pullOnce(deploymentLogDriver, logSource(path), { period });
  for (let dieAtSave = 1; dieAtSave <= whole.saves; dieAtSave += 1) {
    const died = createPullDouble({ period, dieAtSave });
    await expect(deploymentLogDriver.pull(logSource(path), died.context)).rejects.toBeInstanceOf(Died);
    const resumed = await pullOnce(deploymentLogDriver, logSource(path), { after: died });
    expect(evidenceOf(resumed)).toEqual(evidenceOf(whole));
    expect(resumed.requests).toHaveLength(1);
    expect(resumed.outcome).toEqual(whole.outcome);
  }
});

it("an interrupted pull does not go on with another file", async () => {
  const path = write("log.jsonl", `${jsonLine(1)}\n`);
  const died = createPullDouble({ period, dieAtSave: 2 });
  await expect(deploymentLogDriver.pull(logSource(path), died.context)).rejects.toBeInstanceOf(Died);
  writeFileSync(path, `${jsonLine(2)}\n`);
  await expect(pullOnce(deploymentLogDriver, logSource(path), { after: died })).rejects.toMatchObject({
    code: "record-invalid",
  });
});

describeRecorded("govuk", "the recorded deployments of one project", (folder) => {
  it("are all read: 753 in three environments, 201 of them in production, one of them a rollback", async () => {
    const source = logSource(join(folder, "deployments.jsonl.gz"), {
      mapping: {
        environment: "environment",
        revision: "newImageTag",
        at: "mergeDate",
        by: "author",
        previousRevision: "oldImageTag",
        id: "commit",
        service: "app",
      },
    });
    const pull = await pullOnce(deploymentLogDriver, source, {
      period: resolvePeriod("2025-01-01", "2025-06-30", "Europe/London"),
    });
    expect(pull.outcome.counts).toEqual({ "records": 753, "production deployments": 201 });
    const facts = factsOf(pull.records, source).flatMap((read) => read.facts);
    const production = facts.filter((fact) => fact.kind === "deployment" && fact.production);
    expect(production).toHaveLength(201);
    expect(
      production.filter((fact) => fact.kind === "deployment" && /^[0-9a-f]{40}$/.test(fact.revision)),
    ).toHaveLength(7);
    expect(new Set(facts.map((fact) => fact.kind === "deployment" && `${fact.environment}/${fact.id}`)).size).toBe(753);
  });
});

it("reads lines of a syslog that fit the source's pattern; the period supplies the year, and the source the zone", async () => {
  const folder = temporaryFolder();
  const lines = [
    "Mar  1 10:00:00 h sshd[1]: session opened",
    "Mar  1 10:00:01 h deployer: ada deployed web v7 to production",
    "Feb 30 10:00:01 h deployer: ada deployed web v8 to production",
    "Mar  2 10:00:01 h deployer: bo deployed web v6 to staging",
  ];
  writeFileSync(join(folder, "syslog"), `${lines.join("\n")}\n`);
  const source = Source.parse({
    id: "syslog",
    kind: "deployment-log",
    repository: "shop",
    path: "syslog",
    format: "syslog",
    line: "{at} * deployer: {by} deployed {service} {revision} to {environment}",
    timeZone: "Europe/Berlin",
    mapping: { environment: "environment", revision: "revision", at: "at" },
  });
  if (source.kind !== "deployment-log") throw new Error("another kind");
  const pulled = await pullOnce(deploymentLogDriver, source, { baseFolder: folder });
  expect(factsIn(pulled, source, "deployment")).toMatchObject([
    { id: "line 2", at: "2025-03-01T09:00:01.000Z", by: "ada", revision: "v7", environment: "production" },
    { id: "line 4", at: "2025-03-02T09:00:01.000Z", by: "bo", environment: "staging" },
  ]);
  expect(pulled.outcome.tieOuts).toEqual([expect.objectContaining({ expected: 3, received: 2 })]);
  expect(pulled.outcome.notes.join("\n")).toContain("Not read: line 3:");
});
