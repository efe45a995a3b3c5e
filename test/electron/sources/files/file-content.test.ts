import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { filesDriver } from "../../../../electron/sources/files/files-driver.ts";
import { detectEncoding } from "../../../../electron/sources/files/text-encoding.ts";
import { readEvidence } from "../../../../shared/facts/evidence-reading.ts";
import { FilesSource } from "../../../../shared/model/source.ts";
import { createPullDouble, evidenceOf, pullOnce, temporaryFolder } from "../pull-double.ts";

function issue(number: number, summary = "Zoë raised the limit"): string {
  const times = { created: "2025-03-01T10:00:00.000+0000", updated: "2025-03-02T10:00:00.000+0000" };
  return JSON.stringify({ key: `ABC-${number}`, fields: { summary, status: { name: "Done" }, ...times } });
}

async function pullBytes(bytes: Uint8Array, name = "issues.jsonl") {
  const folder = temporaryFolder();
  writeFileSync(join(folder, name), bytes);
  const source = FilesSource.parse({ id: "files", kind: "files", path: join(folder, name) });
  const pulled = await pullOnce(filesDriver, source);
  const facts = pulled.records.flatMap((record, index) => {
    const input = { ...record, sha256: String(index).padStart(64, "0"), sourceId: "files" };
    return readEvidence(input, source).facts;
  });
  return { ...pulled, facts };
}

const text = `${issue(1)}\r\n${issue(2)}\r\n`;

it.each([
  ["utf-8", Buffer.from(text), undefined],
  ["utf-8 with a byte order mark", Buffer.from(`\uFEFF${text}`), undefined],
  ["utf-16le with a byte order mark", Buffer.from(`\uFEFF${text}`, "utf16le"), "utf-16le"],
  ["utf-16le without one", Buffer.from(text, "utf16le"), "utf-16le"],
  ["utf-16be with a byte order mark", Buffer.from(`\uFEFF${text}`, "utf16le").swap16(), "utf-16be"],
  ["utf-16be without one", Buffer.from(text, "utf16le").swap16(), "utf-16be"],
  ["latin-1", Buffer.from(text, "latin1"), "latin-1"],
] as const)("a file in %s keeps its bytes and is read as written", async (_, bytes, encoding) => {
  const { records, facts } = await pullBytes(bytes);
  expect(Buffer.concat(records.map((record) => record.bytes)).equals(bytes)).toBe(true);
  expect(records[0]?.reading?.encoding).toBe(encoding);
  expect(facts).toMatchObject([
    { key: "ABC-1", summary: "Zoë raised the limit" },
    { key: "ABC-2", origin: { place: "line 2" } },
  ]);
});

it("a part that is not UTF-8, as the file's beginning is, is read as Latin-1 and the record says so", async () => {
  const long = Array.from({ length: 1500 }, (_, index) => `${issue(index + 1, "x".repeat(900))}\n`).join("");
  const { records, outcome, facts } = await pullBytes(Buffer.concat([Buffer.from(long), Buffer.from(text, "latin1")]));
  expect(records.map(({ reading }) => reading?.encoding)).toEqual([undefined, "latin-1"]);
  expect(outcome.notes.join("\n")).toMatch(/issues\.jsonl L\d+-1502 is not UTF-8, as the file's beginning is/);
  expect(facts.at(-1)).toMatchObject({ summary: "Zoë raised the limit" });
});

it("a packed file is read unpacked, whatever its name, and the record has the hash of what was handed over", async () => {
  const { records, outcome } = await pullBytes(gzipSync(text), "export.bin");
  expect(Buffer.concat(records.map((record) => record.bytes)).toString()).toBe(text);
  expect(outcome.tieOuts).toMatchObject([{ what: "bytes", expected: Buffer.byteLength(text) }]);
});

it("a packed file that is cut off is told", async () => {
  const asked = pullBytes(gzipSync(text).subarray(0, 60), "issues.jsonl.gz");
  await expect(asked).rejects.toMatchObject({ code: "file-unreadable" });
});

it("a large JSON document is cut between its elements, and each part is read by itself", async () => {
  const issues = Array.from({ length: 9000 }, (_, index) => issue(index + 1, "x".repeat(900)));
  const { records, facts } = await pullBytes(
    Buffer.from(`{"startAt":0,"issues":[${issues.join(",")}],"total":9000}`),
    "page.json",
  );
  expect(records.length).toBeGreaterThan(8);
  expect(records[1]).toMatchObject({
    format: "jira.issues",
    locator: expect.stringMatching(/^page\.json#\/issues\/\d+-\d+$/),
  });
  expect(facts).toHaveLength(9000);
  expect(facts.at(-1)).toMatchObject({ key: "ABC-9000", origin: { place: "/issues/8999" } });
});

it("a pull that is interrupted at any step goes on to the same evidence, and refuses a file that has changed", async () => {
  const folder = temporaryFolder();
  const name = join(folder, "issues.jsonl");
  const lines = Array.from({ length: 20_000 }, (_, index) => `${issue(index + 1, "x".repeat(900))}\n`).join("");
  writeFileSync(name, lines);
  const source = FilesSource.parse({ id: "files", kind: "files", path: name });
  const whole = await pullOnce(filesDriver, source);
  expect(whole.saves).toBeGreaterThan(2);
  for (let dieAtSave = 1; dieAtSave <= whole.saves; dieAtSave += 1) {
    const interrupted = createPullDouble({ dieAtSave });
    await expect(filesDriver.pull(source, interrupted.context)).rejects.toThrow();
    const resumed = await pullOnce(filesDriver, source, { after: interrupted });
    expect(evidenceOf(resumed)).toEqual(evidenceOf(whole));
  }
  const interrupted = createPullDouble({ dieAtSave: 2 });
  await expect(filesDriver.pull(source, interrupted.context)).rejects.toThrow();
  writeFileSync(name, lines.replace("ABC-7", "ABC-8"));
  await expect(pullOnce(filesDriver, source, { after: interrupted })).rejects.toMatchObject({ code: "record-invalid" });
});

it("what is neither text nor UTF-16 has no encoding", () => {
  expect(
    detectEncoding(
      Uint8Array.from({ length: 3000 }, (_, index) => (index * 7) % 256),
      true,
    ),
  ).toBeNull();
  expect(detectEncoding(Buffer.from("\x01\x02\x03\x04\xff\xfe\x05", "latin1"), true)).toBeNull();
});

it("a character that is cut at the end of the sample does not make UTF-8 into something else", () => {
  const bytes = Buffer.from("limit 中");
  expect(detectEncoding(bytes.subarray(0, bytes.length - 1), false)).toBe("utf-8");
  expect(detectEncoding(bytes.subarray(0, bytes.length - 1), true)).toBe("latin-1");
});

it("a zone that does not exist is told before anything is stored", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "issues.jsonl"), text);
  const source = FilesSource.parse({ id: "files", kind: "files", path: folder, timeZone: "Europe/Londn" });
  await expect(pullOnce(filesDriver, source)).rejects.toMatchObject({ code: "time-zone-unknown" });
});
