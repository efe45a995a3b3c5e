import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { filesDriver } from "../../../../electron/sources/files/files-driver.ts";
import { readEvidence } from "../../../../shared/facts/evidence-reading.ts";
import type { RawRecord } from "../../../../shared/model/evidence.ts";
import { FilesSource } from "../../../../shared/model/source.ts";
import { fixtures } from "../../../shared/facts/fixture-evidence.ts";
import { pullOnce, temporaryFolder } from "../pull-double.ts";

const source = FilesSource.parse({
  id: "handed-over",
  kind: "files",
  path: ".",
  repository: "quay",
  note: "From the office",
});

function read(records: readonly RawRecord[]) {
  const all = records.map((record) =>
    readEvidence({ ...record, sha256: "0".repeat(64), sourceId: "handed-over" }, source),
  );
  return { facts: all.flatMap(({ facts }) => facts), unread: all.flatMap(({ unread }) => unread) };
}

it("every fixture of every format that was handed over in one folder is taken for what it is", async () => {
  const folder = temporaryFolder();
  cpSync(fixtures, folder, { recursive: true });
  const { records, outcome } = await pullOnce(filesDriver, { ...source, path: folder });
  expect(outcome.counts["files not taken"]).toBeUndefined();
  for (const { format, locator } of records) expect(locator.split("/")[1]).toBe(format);
});

it("a report's commit and build come from the file beside it, and a document's note too", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "junit.xml"), '<testsuite name="a"><testcase name="b"/></testsuite>');
  const commit = "0123456789abcdef0123456789abcdef01234567";
  writeFileSync(join(folder, "junit.xml.about.json"), JSON.stringify({ commit, build: "7" }));
  writeFileSync(join(folder, "minutes.pdf"), "%PDF-1.7\n");
  writeFileSync(join(folder, "minutes.pdf.about.json"), '{"note":"Minutes of the change board"}');
  writeFileSync(join(folder, "policy.pdf"), "%PDF-1.7\n2");
  writeFileSync(join(folder, "policy.pdf.about.json"), '{"commit":["no"]}');
  const { records, outcome } = await pullOnce(filesDriver, { ...source, path: folder });
  expect(read(records).facts).toMatchObject([
    { kind: "test-report", commit, build: "7" },
    { kind: "attachment", note: "Minutes of the change board", mediaType: "application/pdf" },
    { kind: "attachment", note: "From the office" },
  ]);
  expect(outcome.counts["files not taken"]).toBe(1);
});

it("a large log is cut and read with its own line numbers, packed as well as plain", async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "logs"));
  const line = (index: number) =>
    `2025-02-03T10:15:00.${String(index % 1000).padStart(3, "0")}Z quay-1 sudo: ada : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/ls ${index}\n`;
  const text = Array.from({ length: 30_000 }, (_, index) => line(index)).join("");
  writeFileSync(join(folder, "logs/auth.log"), text);
  writeFileSync(join(folder, "logs/auth.log.1.gz"), gzipSync(text));
  const { records, outcome } = await pullOnce(filesDriver, { ...source, path: folder });
  expect(records.length).toBeGreaterThan(4);
  const { facts, unread } = read(records);
  expect(unread).toEqual([]);
  expect(facts).toHaveLength(60_000);
  expect(facts.at(29_999)).toMatchObject({ what: "/bin/ls 29999", origin: { place: "line 30000" } });
  expect(outcome.handedOver?.lines).toBe(60_000);
});
