import { expect, it } from "vitest";
import { readReferences } from "../../../shared/population/commit-references.ts";

const [one, other] = ["a".repeat(40), "b".repeat(64)];

it.each([
  ["git revert", `Revert "x"\n\nThis reverts commit ${one}.\n`, { reverts: [one] }],
  ["git revert of a merge", `This reverts commit ${one}, reversing\nchanges made to ${other}.\n`, { reverts: [one] }],
  [
    "a squash of several reverts",
    `* This\n\nThis reverts commit ${one}.\n\nThis reverts commit ${other}.`,
    { reverts: [one, other] },
  ],
  ["GitHub's revert button", 'Revert "x" (#3)\n\nReverts northwind/ledger#12', { revertsRequests: [12] }],
  ["GitLab's revert button", "Revert x\n\nThis reverts merge request !7", { revertsRequests: [7] }],
  ["git cherry-pick -x", `x\n\n(cherry picked from commit ${one})\n`, { pickedFrom: [one] }],
  ["an abbreviated id, which could be anybody's", "This reverts commit aaaaaaa.", {}],
  ["a sentence that quotes it", `As said, This reverts commit ${one}.`, {}],
])("%s", (_words, message, expected) => {
  expect(readReferences([message])).toEqual({ reverts: [], revertsRequests: [], pickedFrom: [], ...expected });
});
