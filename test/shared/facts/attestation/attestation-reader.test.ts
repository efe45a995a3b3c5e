import { describe, expect, it } from "vitest";
import { readEvidence } from "../../../../shared/facts/evidence-reading.ts";
import type { Reading } from "../../../../shared/model/evidence.ts";
import type { Source } from "../../../../shared/model/source.ts";
import { evidenceInput } from "../evidence-under-test.ts";

const source: Source = {
  ...{ id: "files", kind: "files", path: "attestations", repository: "", scope: "", note: "" },
  ...{ production: ["production"], pipelineAccounts: [] },
};
const sha256 = "e".repeat(64);

const read = (text: string, format: "tickmark.attestations" | "tickmark.attestations-csv", reading?: Reading) =>
  readEvidence({ ...evidenceInput(text, reading, format) }, source);

const weekly = `
tickmark: attestations/1
attestations:
  - control: OPS-01
    occurrence: 2026-W06
    by: mia@northwind.example
    at: 2026-02-09T09:12:00+01:00
    done: [logs-read]
    open: [findings-followed-up]
    remarks: {findings-followed-up: Two are open.}
    documents: [{name: minutes.pdf, sha256: ${sha256}}]
    note: By telephone.
`;

describe("a file of attestations", () => {
  it("gives who attested what, when, what is open and which documents show it", () => {
    const { facts, unread } = read(weekly, "tickmark.attestations");
    expect(unread).toEqual([]);
    expect(facts).toMatchObject([
      {
        ...{ kind: "attestation", control: "OPS-01", occurrence: "2026-W06", by: "mia@northwind.example" },
        ...{ at: "2026-02-09T08:12:00.000Z", note: "By telephone." },
        checklist: [
          { id: "logs-read", done: true, note: "" },
          { id: "findings-followed-up", done: false, note: "Two are open." },
        ],
        documents: [{ name: "minutes.pdf", sha256 }],
        origin: { place: "/attestations/0" },
      },
    ]);
  });

  it("is read as JSON all the same", () => {
    const attestation = { control: "OPS-02", occurrence: "2026-Q1", by: "mia", at: "2026-04-02T10:00:00Z", done: [] };
    const text = JSON.stringify({ tickmark: "attestations/1", attestations: [attestation] });
    expect(read(text, "tickmark.attestations").facts).toMatchObject([{ control: "OPS-02", checklist: [] }]);
  });

  it("names what cannot be read by its place, and reads the rest", () => {
    const text = `${weekly}  - {control: OPS-01, occurrence: 2026-W07, by: mia, at: soon, done: []}
  - {control: OPS-01, occurrence: 2026-W08, by: mia, at: "2026-02-23T09:00:00Z", done: [a], open: [a]}
  - {control: OPS-01, occurrence: 2026-W09, by: mia, at: "2026-03-02T09:00:00Z", done: [], documents: [{name: x, sha256: "1"}]}
`;
    const { facts, unread } = read(text, "tickmark.attestations");
    expect(facts).toHaveLength(1);
    expect(unread.map(({ origin, reason }) => `${origin.place}: ${reason}`)).toEqual([
      '/attestations/1: "soon" is not a time that is read',
      "/attestations/2: a is both done and open",
      expect.stringContaining("/attestations/3: documents.0.sha256"),
    ]);
  });

  it("without its mark, or with several documents in it, gives nothing and says why", () => {
    expect(read("attestations: []", "tickmark.attestations").unread).toMatchObject([
      { reason: expect.stringContaining("tickmark") },
    ]);
    expect(read(`${weekly}---\n${weekly}`, "tickmark.attestations").unread).toMatchObject([
      { reason: "it holds several YAML documents" },
    ]);
  });

  it("keeps two that differ in what was ticked as two", () => {
    const other = weekly.replace("done: [logs-read]", "done: []");
    const ids = [weekly, other].flatMap((text) =>
      read(text, "tickmark.attestations").facts.map((fact) => ("id" in fact ? fact.id : "")),
    );
    expect(new Set(ids).size).toBe(2);
  });
});

describe("attestations in a table", () => {
  it("have lists in cells, and times in the zone of their source", () => {
    const text = `control,occurrence,by,at,done,open,documents,note
OPS-01,2026-W06,mia,2026-02-09 09:12,logs-read; findings-followed-up,,minutes=final.pdf=${sha256},
OPS-01,2026-W07,mia,2026-02-16 09:12,logs-read,,minutes.pdf,
`;
    const { facts, unread } = read(text, "tickmark.attestations-csv", { timeZone: "Europe/Berlin" });
    expect(facts).toMatchObject([
      { at: "2026-02-09T08:12:00.000Z", documents: [{ name: "minutes=final.pdf", sha256 }], checklist: [{}, {}] },
    ]);
    expect(unread).toMatchObject([{ origin: { place: "line 3" } }]);
  });
});
