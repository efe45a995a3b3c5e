import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { describeVerification } from "../../../electron/cli/commands/bundle-commands.ts";
import { createOutput } from "../../../electron/cli/output.ts";
import { TickmarkError } from "../../../shared/errors.ts";
import { failed, notPossible } from "../../../shared/model/verification-report.ts";

function streams(isTTY = false) {
  const out = new PassThrough();
  const err = Object.assign(new PassThrough(), { isTTY });
  const text = (stream: PassThrough) => (stream.read() as Buffer | null)?.toString() ?? "";
  return { out, err, said: () => text(out), noted: () => text(err) };
}

const work = (what: string, done: number, total: number | null) => ({ what, done, total });

describe("what a command says", () => {
  it("is, away from a terminal, one plain line when a kind of work begins and one when it is done", () => {
    const { out, err, noted } = streams();
    const output = createOutput(false, { out, err });
    for (const done of [0, 1, 2, 3, 3, 3]) output.progress("work-progress", work("Reading", done, 3));
    output.progress("work-progress", work("Writing", 1, 1));
    expect(noted()).toBe("Reading: 0 of 3\nReading: 3 of 3\nWriting: 1 of 1\n");
  });

  it("is, away from a terminal, no more where two kinds of work take turns", () => {
    const { out, err, noted } = streams();
    const output = createOutput(false, { out, err });
    for (const done of [0, 1, 2, 3]) {
      output.progress("work-progress", work("Files", done, 3));
      output.progress("work-progress", work("Bytes", done * 100, 300));
    }
    expect(noted()).toBe("Files: 0 of 3\nBytes: 0 of 300\nFiles: 3 of 3\nBytes: 300 of 300\n");
  });

  it("is, on a terminal, one line that is drawn over and ends before a result", () => {
    const { out, err, noted } = streams(true);
    const output = createOutput(false, { out, err });
    output.progress("pull-progress", { sourceId: "git", what: "commits", done: 5, total: null });
    output.result({}, ["done"]);
    expect(noted()).toBe("\r\u001b[2KPulling git, commits: 5\n");
  });

  it("is, as JSON, one value on standard output and nothing else there", () => {
    const { out, err, said, noted } = streams();
    const output = createOutput(true, { out, err });
    output.progress("work-progress", work("Reading", 0, null));
    output.result({ a: 1 }, ["not this"]);
    expect(JSON.parse(said())).toEqual({ a: 1 });
    expect(noted()).toBe("Reading: 0\n");
  });

  it("is, for a fault, what happened, what to do and the code, with the status of the code", () => {
    const { out, err, said, noted } = streams();
    const fault = new TickmarkError("seed-used", "The seed was used.", "Give another.");
    expect(createOutput(false, { out, err }).fault(fault)).toBe(2);
    expect(noted()).toBe("The seed was used.\nGive another.\n(seed-used)\n");
    expect(createOutput(true, { out, err }).fault(new Error("boom"))).toBe(3);
    expect(JSON.parse(said()).fault).toMatchObject({ code: "internal", message: expect.stringContaining("boom") });
  });

  it("moves no cursor and turns no writing around, whatever names and bundles say", () => {
    const hostile = "\u001b[2J\u009b1Aok\u202e";
    const { out, err, said, noted } = streams(true);
    const output = createOutput(false, { out, err });
    output.note(hostile);
    output.progress("work-progress", work(hostile, 1, 1));
    output.fault(new TickmarkError("record-invalid", hostile, hostile));
    output.result({}, [hostile]);
    const shown = "[U+001B][2J[U+009B]1Aok[U+202E]";
    expect(said()).toBe(`${shown}\n`);
    expect(noted()).toBe(`${shown}\n\r\u001b[2K${shown}: 1 of 1\n${shown}\n${shown}\n(record-invalid)\n`);
  });

  it("shows what a bundle says on the line that it belongs to, so that it cannot add a verdict of its own", () => {
    const detail = "It is another.";
    const check = failed("container", detail, { subject: "mimetype", expected: "a", found: "b\nVERIFIED: rely on it" });
    const signer = {
      subject: "CN=A\r\nVERIFIED",
      fingerprint: "0".repeat(64),
      rootFingerprint: "0".repeat(64),
      trusted: false,
    };
    const signature = { file: "s", signer, claimedRole: "x\nVERIFIED", signedAt: null, timestamp: null };
    const bundle = { path: "a.zip", sha256: "0".repeat(64), size: 1, formatVersion: null };
    const lines = describeVerification({
      verdict: "failed",
      signer: null,
      signedAt: null,
      signatures: [signature],
      checks: [check],
      bundle,
    });
    expect(lines.join("\n")).not.toMatch(/^VERIFIED/m);
    expect(lines.slice(1, 4)).toEqual([
      "  in:       mimetype",
      "  expected: a",
      "  found:    b[U+000A]VERIFIED: rely on it",
    ]);
  });

  it("shows both values of what comes out otherwise and is no failure, below its line", () => {
    const bundle = { path: "a.zip", sha256: "0".repeat(64), size: 1, formatVersion: 4 };
    const values = { subject: "C.7", expected: "2 builds", found: "1 build" };
    const checks = [notPossible("facts", "It comes out otherwise now.", values), notPossible("draw", "No.")];
    const said = { signer: null, signedAt: null, signatures: [], checks, bundle };
    expect(describeVerification({ verdict: "not-reperformed", ...said }).slice(1)).toEqual([
      "n/p  Every fact is what the evidence says: It comes out otherwise now.",
      "  in:       C.7",
      "  expected: 2 builds",
      "  found:    1 build",
      "n/p  The sample is what the seed draws: No.",
    ]);
  });
});
