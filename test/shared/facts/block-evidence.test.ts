import { expect, it } from "vitest";
import { readBlocks } from "../../../shared/facts/block-evidence.ts";
import { evidenceInput } from "./evidence-under-test.ts";
import { readAs, readFixture } from "./fixture-evidence.ts";

it("every line of a record counts as what became of the record, and lines before the first are listed", () => {
  const text = "\nlost\n* a\nb\n* skip\nc\nd\n* bad\n";
  const input = { ...evidenceInput(text), reading: { firstLine: 10 } };
  const read = readBlocks(
    input,
    text,
    (line) => line.startsWith("*"),
    ([first]) => (first === "* skip" ? null : first === "* bad" ? { reason: "bad" } : []),
  );
  expect(read.tally).toEqual({ read: 2, passedOver: 3, blank: 1, unread: 2 });
  expect(read.unread.map(({ origin, reason }) => [origin.place, reason])).toEqual([
    ["line 11", "it stands before the first record"],
    ["line 17", "bad"],
  ]);
});

it("the lines of alerts and of mail add up to the lines of their files", () => {
  for (const path of ["ossec.text/alerts.log", "mail.mbox/list.mbox"]) {
    const { tally } = readFixture(path);
    const total = Object.values(tally ?? {}).reduce((sum, count) => sum + count, 0);
    expect(total, path).toBe(path.startsWith("ossec") ? 20 : 39);
  }
  expect(readAs("ossec.text", "").tally).toEqual({ read: 0, passedOver: 0, blank: 0, unread: 0 });
});
