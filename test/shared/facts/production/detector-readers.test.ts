import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../electron/sources/pull-double.ts";
import { describeRecorded } from "../../../recorded-data.ts";
import { readAs, readFixture } from "../fixture-evidence.ts";

describe("OSSEC and Wazuh", () => {
  it("alerts of the integrity check are changes, whichever of the two wrote them; others are passed over", () => {
    const { facts, unread } = readFixture("ossec.jsonl/wazuh.json");
    expect(facts).toMatchObject([
      {
        detector: "OSSEC",
        host: "quay-1",
        what: "changed",
        path: "/etc/quay.conf",
        detail: "size, mtime, sha256",
        severity: "7",
        at: "2025-02-03T10:15:00.123Z",
      },
      { host: "quay-2", what: "added", path: "/etc/cron.d/x", at: "2025-02-03T10:17:00.000Z" },
    ]);
    expect(unread).toMatchObject([{ origin: { place: "line 4" } }]);
  });

  it("alerts.log is read alert by alert, by the seconds in their heads", () => {
    const { facts, unread } = readFixture("ossec.text/alerts.log");
    expect(facts).toMatchObject([
      {
        host: "quay-1",
        what: "changed",
        path: "/etc/quay.conf",
        detail: "Size, md5",
        id: "1738577700.1234",
        at: "2025-02-03T10:15:00.000Z",
        severity: "7",
      },
      { host: "quay-1", what: "removed", path: "/etc/old.conf", origin: { place: "line 14" } },
    ]);
    expect(unread).toMatchObject([{ origin: { place: "line 19" } }]);
  });

  it.each([
    ["File '/etc/a' was re-added.", ["added /etc/a"], 0],
    [
      "Registry Value '[x64] HKEY_LOCAL_MACHINE\\\\Run\\\\a' modified",
      ["changed [x64] HKEY_LOCAL_MACHINE\\\\Run\\\\a"],
      0,
    ],
    ["Attributes of '/etc/a' were touched", [], 1],
    ["Starting syscheck scan.", [], 0],
  ])("an alert that says %s is a change, is listed, or is none", (words, expected, unread) => {
    const line = { id: "1", timestamp: "2025-02-03T10:15:00Z", rule: { groups: ["syscheck"] }, full_log: words };
    const text = `** Alert 1738577700.1: - ossec,syscheck,\n2025 Feb 03 10:15:00 quay-1->syscheck\nRule: 1 (level 7) -> 'x'\n${words}\n`;
    for (const read of [readAs("ossec.jsonl", `${JSON.stringify(line)}\n`), readAs("ossec.text", text)]) {
      const found = read.facts.map((fact) => fact.kind === "detected-change" && `${fact.what} ${fact.path}`);
      expect(found).toEqual(expected);
      expect(read.unread).toHaveLength(unread);
    }
  });
});

describe("Tripwire", () => {
  it("a report says what was found, since when, and how much was looked at", () => {
    expect(readFixture("tripwire.text/changed.txt")).toMatchObject({
      facts: [
        {
          kind: "detector-run",
          detector: "Tripwire",
          host: "quay-1",
          objects: 16,
          changes: 2,
          succeeded: true,
          at: "2025-02-03T10:15:00.000Z",
        },
        { what: "added", path: "/etc/cron.d/hotfix", severity: "66", since: "2025-02-02T10:00:00.000Z" },
        { what: "changed", path: "/etc/quay.conf" },
      ],
      unread: [],
    });
  });

  it("a report that was cut is no finished run and ties out with nothing", () => {
    const text = readFileSync(new URL("../../../fixtures/formats/tripwire.text/changed.txt", import.meta.url), "utf8");
    const cut = readAs("tripwire.text", text.slice(0, text.indexOf("Modified:\n")));
    expect(cut.facts).toMatchObject([{ kind: "detector-run", changes: 2, succeeded: false }, { what: "added" }]);
    expect(cut.unread).toMatchObject([{ reason: "it states 2 violations and lists 1" }]);
  });
});

describe("AIDE", () => {
  it("a report says what was found, what differs, and how much was looked at", () => {
    expect(readFixture("aide.text/changed.txt")).toMatchObject({
      facts: [
        {
          kind: "detector-run",
          detector: "AIDE",
          host: "quay-1",
          objects: 4,
          changes: 4,
          succeeded: true,
          at: "2025-02-03T10:15:00.000Z",
        },
        { what: "added", path: "/etc/new file: ü" },
        { what: "removed", path: "/etc/two" },
        { what: "changed", path: "/etc", detail: "Mtime" },
        { what: "changed", path: "/etc/quay.conf", detail: "Size, Mtime, SHA256" },
      ],
      unread: [],
    });
    expect(readFixture("aide.json/clean.json").facts).toMatchObject([
      { kind: "detector-run", objects: 4, changes: 0, succeeded: true },
    ]);
  });

  it("what AIDE really writes is read as it meant it, as text and as JSON", () => {
    const folder = temporaryFolder();
    const tree = join(folder, "tree");
    mkdirSync(tree);
    for (const name of ["stays", "changes", "goes"]) writeFileSync(join(tree, name), name);
    const run = (format: string, command: string) => {
      const config = `report_format=${format}\ndatabase_in=file:${folder}/db\ndatabase_out=file:${folder}/db\ngzip_dbout=no\nreport_url=stdout\n${tree} f p+s+sha256\n`;
      writeFileSync(join(folder, "aide.conf"), config);
      return spawnSync("aide", [`--config=${folder}/aide.conf`, command], { encoding: "buffer" }).stdout;
    };
    run("plain", "--init");
    for (const format of ["plain", "json"] as const) {
      expect(readAs(format === "plain" ? "aide.text" : "aide.json", run(format, "--check"))).toMatchObject({
        facts: [{ kind: "detector-run", objects: 3, changes: 0, succeeded: true }],
        unread: [],
      });
    }
    writeFileSync(join(tree, "changes"), "something else");
    writeFileSync(join(tree, "comes <b> ü"), "new");
    rmSync(join(tree, "goes"));
    for (const format of ["plain", "json"] as const) {
      const { facts, unread } = readAs(format === "plain" ? "aide.text" : "aide.json", run(format, "--check"));
      expect(unread).toEqual([]);
      const changes = facts.flatMap((fact) =>
        fact.kind === "detected-change" ? [[fact.what, fact.path, fact.detail]] : [],
      );
      expect(changes).toEqual([
        ["added", join(tree, "comes <b> ü"), ""],
        ["removed", join(tree, "goes"), ""],
        ["changed", join(tree, "changes"), format === "plain" ? "Size, SHA256" : "size, sha256"],
      ]);
      expect(facts[0]).toMatchObject({ kind: "detector-run", changes: 3, succeeded: true });
    }
  });
});

describe("UpGuard", () => {
  it("a list of changes as JSON or CSV is read, and a row that says too little is listed", () => {
    expect(readFixture("upguard.json/changes.json")).toMatchObject({
      facts: [
        {
          detector: "UpGuard",
          host: "quay-1",
          what: "changed",
          path: "Files//etc/quay.conf",
          detail: "checksum",
          id: "71",
        },
      ],
      unread: [{ origin: { place: "/changes/1" }, reason: expect.stringContaining("exploded") }],
    });
    expect(readFixture("upguard.csv/changes.csv")).toMatchObject({
      facts: [
        {
          host: "quay-1",
          what: "added",
          path: "Packages/curl, the tool",
          detail: "version",
          at: "2025-02-03T10:15:00.000Z",
        },
      ],
      unread: [{ origin: { place: "line 3" } }],
    });
  });
});

describeRecorded("integrity", "recorded reports of AIDE and Tripwire", (folder) => {
  it("are read with all that they list", () => {
    const read = (name: string) =>
      readAs(name.startsWith("aide") ? "aide.text" : "tripwire.text", readFileSync(join(folder, name)));
    for (const [name, changes] of [
      ["aide-changed.txt", 12],
      ["aide-clean.txt", 0],
      ["tripwire-changed.txt", 12],
      ["tripwire-clean.txt", 0],
    ] as const) {
      const { facts, unread } = read(name);
      expect(unread, name).toEqual([]);
      expect(facts, name).toHaveLength(1 + changes);
      expect(facts[0], name).toMatchObject({ kind: "detector-run", changes, succeeded: true });
    }
  });
});
