import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { createOutput } from "../../../electron/cli/output.ts";
import { TickmarkError } from "../../../shared/errors.ts";

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
});
