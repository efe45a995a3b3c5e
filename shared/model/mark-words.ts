import type { LatestMark, MarkView } from "./mark.ts";

/* One wording of undo for the window and the command line. */

export const nothingToUndo = "There is nothing to undo: no mark stands that was not undone already.";

export const markKindWords: Readonly<Record<MarkView["kind"], string>> = {
  "judgement": "Judgement",
  "taken-back-judgement": "Judgement taken back",
  "sign-off": "Sign-off",
  "new-exception": "Exception raised",
  "exception": "Exception changed",
  "note": "Review note answered or cleared",
  "decision": "Decision on who is who",
};

/** What undoing does. */
export const reversalWords: Readonly<Record<MarkView["reversal"], string>> = {
  "judge-as-before": "The result counts again as before it: as the rule found it, or as it was judged earlier.",
  "withdraw-sign-off":
    "The sign-off is withdrawn: nobody's name stands there any more. Only who gave it can withdraw it, and the preparer only after the reviewer has.",
  "close-exception": "The exception is closed as withdrawn.",
  "restore": "It is again as it was before this act.",
  "withdraw-decision": "The decision does not hold any more. What is frozen already stays as it is.",
};

/** What came last and is never undone, and what is done instead. */
export const finalWords: Readonly<Record<NonNullable<LatestMark["final"]>, string>> = {
  "sample-drawn":
    "A draw is never undone: it stays on record. Replace an item, expand the sample or draw another one instead.",
  "population-frozen": "A freeze is never undone: it stays on record. Freeze again, and the new one counts.",
  "note-raised": "A review note is never undone: it is answered, and cleared by who raised it.",
  "sign-off-withdrawn": "A withdrawal is never undone: sign off again.",
};
