import fc from "fast-check";
import { expect, it } from "vitest";
import { readEvidence } from "../../../../shared/facts/evidence-reading.ts";
import type { Deployment } from "../../../../shared/model/deployment-facts.ts";
import type { ReadFacts } from "../../../../shared/model/facts.ts";
import type { SourceOf } from "../../../../shared/model/source.ts";

type LogSource = SourceOf<"deployment-log">;

function sourceWith(more: Partial<LogSource> = {}): LogSource {
  return {
    id: "deployments",
    kind: "deployment-log",
    repository: "shop",
    path: "log.jsonl",
    format: "jsonl",
    mapping: {
      environment: "to.env",
      revision: "rev",
      at: "at",
      by: "by",
      trigger: "how",
      requestedBy: "for",
      status: "state",
      service: "app",
    },
    production: ["production", "dr"],
    pipelineTriggers: ["pipeline"],
    pipelineAccounts: ["CI-Bot"],
    ...more,
  };
}

function read(text: string | Uint8Array, source = sourceWith(), more: object = {}): ReadFacts {
  const bytes = typeof text === "string" ? Buffer.from(text) : text;
  const format = `deployments.${source.format}` as const;
  return readEvidence(
    {
      bytes,
      format,
      locator: "log",
      sha256: "e".repeat(64),
      sourceId: "deployments",
      reading: { firstLine: 1 },
      ...more,
    },
    source,
  );
}

const deploymentsOf = (found: ReadFacts): Deployment[] => found.facts.filter((fact) => fact.kind === "deployment");
const whole = { to: { env: "production" }, rev: "v1", at: "2025-03-30T02:30:00+02:00" };
const line = (fields: object): string => JSON.stringify({ ...whole, ...fields });

it("reads a record by its mapping, times as moments and paths into nested fields", () => {
  expect(deploymentsOf(read(line({ by: "ada", for: "bo", how: "manual", state: "ok", app: "web" })))).toEqual([
    {
      kind: "deployment",
      origin: { evidence: "e".repeat(64), place: "line 1", source: "deployments" },
      repository: "shop",
      id: "line 1",
      service: "web",
      environment: "production",
      production: true,
      revision: "v1",
      previousRevision: "",
      at: "2025-03-30T00:30:00.000Z",
      by: "ada",
      requestedBy: "bo",
      trigger: "manual",
      byPipeline: false,
      status: "ok",
    },
  ]);
});

it("a deployment is by the pipeline only when every sign that the source knows says so", () => {
  const by = (fields: object, source = sourceWith()): boolean | undefined =>
    deploymentsOf(read(line(fields), source))[0]?.byPipeline;
  expect(by({ how: "pipeline", by: "ci-bot" })).toBe(true);
  expect(by({ how: "pipeline", by: "ada" })).toBe(false);
  expect(by({ how: "by hand", by: "CI-BOT" })).toBe(false);
  expect(by({ how: "pipeline", by: "ada" }, sourceWith({ pipelineAccounts: [] }))).toBe(true);
  const { trigger: _, ...withoutTrigger } = sourceWith().mapping;
  expect(by({ by: "ci-bot" }, sourceWith({ mapping: withoutTrigger }))).toBe(true);
  expect(by({}, sourceWith({ mapping: withoutTrigger, pipelineAccounts: [] }))).toBe(false);
  expect(by({}, sourceWith({ pipelineTriggers: [""], pipelineAccounts: [""] }))).toBe(false);
});

it("only environments that the source names count as production", () => {
  const source = sourceWith();
  const production = (env: string): boolean | undefined =>
    deploymentsOf(read(line({ to: { env } }), source))[0]?.production;
  expect([production("dr"), production("Production"), production("staging")]).toEqual([true, false, false]);
});

it("keeps one service where the source names it", () => {
  const text = [line({ app: "web", rev: "v1" }), line({ app: "api", rev: "v2" }), line({ rev: "v3" })].join("\n");
  expect(deploymentsOf(read(text, sourceWith({ service: "web" }))).map(({ revision }) => revision)).toEqual(["v1"]);
  expect(deploymentsOf(read(text))).toHaveLength(3);
});

it("a name with dots is taken whole before it is taken as a path, and inherited properties are no data", () => {
  expect(deploymentsOf(read(JSON.stringify({ "to.env": "staging", ...whole })))[0]?.environment).toBe("staging");
  const inherited = sourceWith({ mapping: { environment: "constructor.name", revision: "rev", at: "at" } });
  expect(read(line({}), inherited)).toMatchObject({ facts: [], unread: [{ reason: 'it has no "constructor.name"' }] });
});

it("numbers lines of a part by their place in the file", () => {
  const found = read(`${line({})}\n{}\n`, sourceWith(), { reading: { firstLine: 501 } });
  expect(deploymentsOf(found)[0]?.id).toBe("line 501");
  expect(found.unread[0]?.origin.place).toBe("line 502");
});

it("reads CSV by the columns of its file, the header only in the first part", () => {
  const source = sourceWith({ format: "csv", mapping: { environment: "env", revision: "rev", at: "at" } });
  const columns = ["env", "rev", "at"];
  const first = read("env,rev,at\nproduction,v1,2025-01-01T00:00:00Z\n", source, {
    reading: { firstLine: 1, columns },
  });
  const later = read("production,v2,2025-01-01T00:00:00Z\nshort,v3\n", source, { reading: { firstLine: 3, columns } });
  expect(deploymentsOf(first).map(({ revision }) => revision)).toEqual(["v1"]);
  expect(deploymentsOf(later).map(({ revision }) => revision)).toEqual(["v2"]);
  expect(later.unread).toMatchObject([
    { origin: { place: "line 4" }, reason: "it has 2 cells where the file has 3 columns" },
  ]);
});

it("any bytes give facts or reasons and never a throw", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("jsonl", "csv"),
      fc.oneof(
        fc.uint8Array(),
        fc.json().map((json) => Buffer.from(json)),
      ),
      (format, bytes) => {
        expect(() => read(bytes, sourceWith({ format }))).not.toThrow();
      },
    ),
  );
});
