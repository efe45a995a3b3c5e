import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { evidenceOfFact } from "../../../../shared/facts/fact-evidence.ts";
import { fixtures, readAs, readFixture } from "../fixture-evidence.ts";

const commit = "0123456789abcdef0123456789abcdef01234567";

describe("Puppet", () => {
  it("a report with Puppet's own tags is read as plain mappings: what converged where, from which commit", () => {
    expect(readFixture("puppet-report.yaml/tagged.yaml")).toMatchObject({
      facts: [
        {
          kind: "convergence-run",
          tool: "puppet",
          host: "quay-1.harbour.example",
          id: "5d0a",
          environment: "production",
          revision: commit,
          startedAt: "2025-02-03T10:15:00.123Z",
          finishedAt: "2025-02-03T10:15:12.623Z",
          outcome: "changed",
          changed: ["File[/etc/quay.conf]"],
        },
      ],
      unread: [],
    });
  });

  it("a run that only looked changed nothing", () => {
    expect(readFixture("puppet-report.yaml/plain.yaml").facts).toMatchObject([
      { outcome: "audit", revision: "1738577700", changed: [], finishedAt: null },
    ]);
  });

  it("any other tag is refused, and so are aliases that make a small file a huge one", () => {
    const report = (more: string) =>
      `--- !ruby/object:Puppet::Transaction::Report\nhost: a\ntime: '2025-02-03T10:15:00Z'\n${more}\n`;
    for (const tag of ["!ruby/object:Gem::Installer", "!ruby/hash:Evil", "!!python/object:os.system"]) {
      expect(readAs("puppet-report.yaml", report(`x: ${tag}\n  i: y`))).toMatchObject({
        facts: [],
        unread: [{ reason: expect.stringContaining("not YAML that is read") }],
      });
    }
    const levels = Array.from(
      { length: 9 },
      (_, level) => `a${level + 1}: &a${level + 1} [${`*a${level},`.repeat(9)}]`,
    );
    const laughs = readAs("puppet-report.yaml", report(["a0: &a0 [x]", ...levels].join("\n")));
    expect(laughs).toMatchObject({ facts: [], unread: [{ reason: expect.stringContaining("aliases") }] });
  });

  it("a status that is not known is a failure", () => {
    expect(readAs("puppet-report.yaml", "host: a\ntime: '2025-02-03T10:15:00Z'\nstatus: odd\n").facts).toMatchObject([
      { outcome: "failed" },
    ]);
  });

  it("PuppetDB's reports name each changed resource once", () => {
    expect(readFixture("puppetdb-reports.json/reports.json").facts).toMatchObject([
      {
        host: "quay-1.harbour.example",
        revision: commit,
        outcome: "changed",
        changed: ["File[/etc/quay.conf]"],
        finishedAt: "2025-02-03T10:15:12.623Z",
      },
      { host: "quay-2.harbour.example", outcome: "failed", finishedAt: null },
    ]);
  });
});

describe("Chef", () => {
  it("a run names its policy's revision, or the cookbooks that it applied", () => {
    expect(readFixture("chef-run.json/converge.json").facts).toMatchObject([
      {
        tool: "chef",
        host: "quay-1",
        id: "r-1",
        revision: commit,
        outcome: "changed",
        changed: ["file[/etc/quay.conf]"],
        finishedAt: "2025-02-03T10:15:30.000Z",
      },
    ]);
    expect(readFixture("chef-runs.jsonl/collector.jsonl")).toMatchObject({
      facts: [{ host: "quay-1", revision: "quay 1.4.0", outcome: "unchanged" }],
      unread: [{ origin: { place: "line 3" }, reason: expect.stringContaining("start_time") }],
    });
  });

  it.each([
    [{ default: { why_run: false } }, "changed"],
    [{ default: { why_run: false }, override: { why_run: true } }, "audit"],
    [{ normal: { why_run: "false" } }, "changed"],
    [{}, "audit"],
  ])(
    "of a node that tells %j the JSON handler's run is %s: a why-run is written in the same words",
    (told, outcome) => {
      const report = {
        ...{ node: { name: "quay-2", ...told }, success: true, elapsed_time: 1 },
        ...{ start_time: "2025-02-03 10:15:00 +0000", updated_resources: ["file[/etc/quay.conf]"] },
      };
      expect(readAs("chef-run.json", JSON.stringify(report)).facts).toMatchObject([{ outcome }]);
    },
  );

  it("what the JSON handler writes is read too", () => {
    expect(readFixture("chef-run.json/handler.json").facts).toMatchObject([
      {
        host: "quay-2",
        id: "r-2",
        environment: "production",
        outcome: "failed",
        changed: ["file[/etc/quay.conf]"],
        startedAt: "2025-02-03T10:15:00.000Z",
        finishedAt: "2025-02-03T10:15:30.000Z",
      },
    ]);
  });
});

describe("feature switches", () => {
  it("LaunchDarkly: who turned what, where", () => {
    expect(readFixture("launchdarkly.auditlog/page.json").facts).toMatchObject([
      {
        tool: "LaunchDarkly",
        switch: "new-crane",
        environment: "production",
        by: "ada@harbour.example",
        change: "on",
        at: "2025-02-03T10:15:00.123Z",
        text: "turned on the flag. QUAY-12",
      },
      { change: "targeting", by: "terraform" },
    ]);
  });

  it("Unleash and flagd", () => {
    expect(readFixture("unleash.events/events.json").facts).toMatchObject([
      { tool: "Unleash", switch: "new-crane", change: "created", environment: "" },
      { change: "on", environment: "production", by: "ada@harbour.example" },
    ]);
    expect(readFixture("flagd.changes/events.jsonl").facts).toMatchObject([
      { tool: "flagd", switch: "new-crane", change: "other", by: "", environment: "quay-1" },
      { switch: "old-crane", change: "removed" },
    ]);
  });

  it.each([
    ["updated the flag", ["updateOn", "updateRules"], "- Turned on targeting\n- Added a rule", "on"],
    ["updated the flag", ["updateOn", "updateRules"], "- Turned off targeting", "off"],
    ["updated the flag", ["updateRules", "updateOn"], "", "on"],
    ["copied the settings of the flag", ["copyFlagConfigTo"], "", "on"],
    ["created the flag", ["createFlag", "cloneFlag"], "", "other"],
    ["created the flag", ["createFlag"], "", "created"],
    ["turned off the flag", ["updateOn"], "", "off"],
  ])("LaunchDarkly: what %s by %j, and says %j, is read as %s", (titleVerb, actions, description, expected) => {
    const accesses = actions.map((action) => ({ action, resource: "proj/quay:env/production:flag/new-crane" }));
    const entry = { _id: "a", date: 1738577700123, kind: "flag", titleVerb, description, accesses };
    const [fact] = readAs("launchdarkly.auditlog", JSON.stringify({ items: [entry] })).facts;
    expect(fact).toMatchObject({ change: expected });
  });

  it.each([
    ["feature-created", { enabled: true }, "on"],
    ["feature-created", { name: "new-crane" }, "created"],
    ["feature-updated", { enabled: true }, "on"],
    ["feature-updated", { enabled: false }, "off"],
    ["feature-import", {}, "other"],
  ])("Unleash: %s with %j is read as %s", (type, data, expected) => {
    const event = { id: 1, type, createdAt: "2025-02-03T10:15:00Z", featureName: "new-crane", data };
    expect(readAs("unleash.events", JSON.stringify({ events: [event] })).facts).toMatchObject([{ change: expected }]);
  });

  it("flagd does not tell whether a switch is on: a new one is no dark one, and no evidence of switches", () => {
    const line =
      '{"type":"configuration_change","time":"2025-02-03T10:15:00Z","data":{"flags":{"a":{"type":"write"}}}}\n';
    const [fact] = readAs("flagd.changes", line).facts;
    expect(fact).toMatchObject({ switch: "a", change: "other" });
    expect(fact && evidenceOfFact(fact)).toEqual({ kind: null, at: null });
  });

  it("moments of no world are listed", () => {
    const entry = { _id: "a", date: 1e300, kind: "flag", accesses: [] };
    expect(readAs("launchdarkly.auditlog", JSON.stringify({ items: [entry] }))).toMatchObject({
      facts: [],
      unread: [{}],
    });
    expect(readAs("flagd.changes", '{"type":"configuration_change","ts":1e300}\n').unread).toHaveLength(1);
  });
});

describe("Ansible", () => {
  it("a run of a playbook is a run of each host, with what it changed there and the revision that it told", () => {
    const { facts, unread } = readFixture("ansible-run.json/run.json");
    expect(unread).toEqual([]);
    const common = { kind: "convergence-run", tool: "ansible", environment: "production" };
    const revision = "4f0c1e2d9b8a7c6d5e4f3a2b1c0d9e8f7a6b5c4d";
    expect(facts).toMatchObject([
      {
        ...common,
        revision,
        host: "ledger-1",
        startedAt: expect.stringMatching(/^2025-02-03T10:55/),
        outcome: "changed",
        changed: ["copy[/etc/ledger/ledger.conf]", "file[/etc/ledger/data]", "command[Restart]"],
      },
      { ...common, revision, host: "ledger-2", outcome: "changed", changed: ["command[Restart]"] },
      { ...common, revision, host: "ledger-3", outcome: "failed" },
    ]);
    expect(new Set(facts.map((fact) => fact.kind === "convergence-run" && fact.id)).size).toBe(3);
  });

  it("a check run, and a run that does not say that it was none, changed nothing", () => {
    const check = readFixture("ansible-run.json/check.json").facts;
    expect(check.map((fact) => fact.kind === "convergence-run" && fact.outcome)).toEqual(["audit", "audit", "audit"]);
    const run = JSON.parse(readFileSync(join(fixtures, "ansible-run.json/run.json"), "utf8"));
    const outcomesWith = (told: object | null) =>
      readAs("ansible-run.json", JSON.stringify({ ...run, global_custom_stats: told })).facts.map((fact) =>
        fact.kind === "convergence-run" ? fact.outcome : null,
      );
    expect(outcomesWith(null)).toEqual(["audit", "audit", "failed"]);
    expect(outcomesWith({ revision: "1.4" })).toEqual(["audit", "audit", "failed"]);
    expect(outcomesWith({ check_mode: "True" })).toEqual(["audit", "audit", "failed"]);
    // A template gives text.
    expect(outcomesWith({ check_mode: "False" })).toEqual(["changed", "changed", "failed"]);
  });

  it("what is no run is listed with its reason", () => {
    expect(readAs("ansible-run.json", '{"plays": [], "stats": {}}')).toMatchObject({
      facts: [],
      unread: [{ reason: expect.stringContaining("plays") }],
    });
  });
});
