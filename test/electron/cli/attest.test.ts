import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { describeSample } from "../../../electron/sources/files/file-sample.ts";
import { recogniseFile } from "../../../electron/sources/files/recognition.ts";
import { readEvidence } from "../../../shared/facts/evidence-reading.ts";
import { evidenceInput } from "../../shared/facts/evidence-under-test.ts";
import { tickmark, tickmarkJson } from "./command-line.ts";

const folder = mkdtempSync(join(tmpdir(), "tickmark-attest-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const handedOver = join(folder, "attestations");
mkdirSync(handedOver);
const path = join(handedOver, "q1.yaml");
const minutes = join(folder, "minutes.pdf");
writeFileSync(minutes, "%PDF-1.7 minutes");

const attest = (control: string, occurrence: string, ...more: string[]) =>
  tickmarkJson(
    "attest",
    path,
    "--control",
    control,
    "--occurrence",
    occurrence,
    "--by",
    "mia@northwind.example",
    ...more,
  );

async function refusalOf(...args: string[]): Promise<string> {
  const { out } = await tickmark("attest", path, "--by", "mia", "--json", ...args);
  return JSON.stringify(JSON.parse(out));
}

describe("attesting on the command line", () => {
  it("adds to a file that a source of files takes, with the documents beside it", async () => {
    await attest("OPS-01", "2026-W06", "--tick", "logs-read", "--document", minutes, "--note", "All quiet.");
    await attest("POL-01", "change-policy", "--tick", "change-policy");
    const bytes = readFileSync(path);
    const sample = describeSample({ name: "q1.yaml", size: bytes.length, bytes, isWhole: true });
    expect(recogniseFile(sample)).toMatchObject({ format: { format: "tickmark.attestations" } });
    const { facts, unread } = readEvidence(evidenceInput(bytes, undefined, "tickmark.attestations"), {
      ...{ id: "files", kind: "files", path: handedOver, repository: "", scope: "", note: "" },
      ...{ production: [], pipelineAccounts: [] },
    });
    expect(unread).toEqual([]);
    const sha256 = createHash("sha256")
      .update(readFileSync(join(handedOver, "minutes.pdf")))
      .digest("hex");
    expect(facts).toMatchObject([
      {
        ...{ control: "OPS-01", occurrence: "2026-W06", by: "mia@northwind.example", note: "All quiet." },
        checklist: [
          { id: "logs-read", done: true },
          { id: "findings-followed-up", done: false },
        ],
        documents: [{ name: "minutes.pdf", sha256 }],
      },
      { control: "POL-01", occurrence: "change-policy", checklist: [{ id: "change-policy", done: true }] },
    ]);
  });

  it("refuses what no checklist asks for, and says what there is", async () => {
    expect(await refusalOf("--control", "REV-01", "--occurrence", "2026-W06")).toMatch(/Nothing is attested.*OPS-01/);
    expect(await refusalOf("--control", "OPS-01", "--occurrence", "2026-Q1")).toMatch(/tested on weeks.*2026-W06/);
    expect(await refusalOf("--control", "POL-01", "--occurrence", "lunch")).toMatch(/Give one of: change-policy/);
    expect(await refusalOf("--control", "OPS-01", "--occurrence", "2026-W07", "--tick", "lunch")).toMatch(
      /no point.*It has: logs-read/,
    );
  });

  it("never puts another document in the place of one that was attested before", async () => {
    const other = join(folder, "other", "minutes.pdf");
    mkdirSync(join(folder, "other"));
    writeFileSync(other, "%PDF-1.7 other minutes");
    const refusal = await refusalOf("--control", "OPS-01", "--occurrence", "2026-W07", "--document", other);
    expect(refusal).toMatch(/file-unwritable.*another content/);
    expect(readFileSync(join(handedOver, "minutes.pdf"), "utf8")).toBe("%PDF-1.7 minutes");
  });
});
