import type { ConclusionBasis, Support } from "./conclusion.ts";

/* One wording for the window, the report and the command line. */

export const supportWords: Readonly<Record<Support, string>> = {
  "supported": "supported",
  "second-stage-due": "second stage due",
  "withheld": "withheld",
  "not-supported": "not supported",
  "no-tolerable-rate": "no tolerable rate",
  "not-projected": "not projected",
  "nothing-applicable": "nothing to test",
};

/** What each means for whoever reads a table of them. */
export const supportMeanings: Readonly<Record<Support, string>> = {
  "supported": "fewer than the tolerable rate deviate, with no more than the plan's risk of being wrong",
  "second-stage-due": "one deviation in the first stage: the plan's second stage decides, and has to be drawn",
  "withheld":
    "limits are shown, but the claim is not made: the procedure's risk is above the plan's, strata do not add up, or it would rest on a failure that was judged to be no deviation",
  "not-supported": "that fewer than the tolerable rate deviate is not supported",
  "no-tolerable-rate":
    "no tolerable rate was set before the draw, so that there is nothing to hold the numbers against",
  "not-projected": "the sample is non-statistical: counts of the tested items, and nothing beyond them",
  "nothing-applicable": "the control applies to none of the tested items",
};

export const basisWords: Readonly<Record<ConclusionBasis, string>> = {
  "statistical": "statistical",
  "everything": "tested at 100 %",
  "non-statistical": "non-statistical",
};

/** Whether reliance on the control is out of the question, in question, or not. */
export type Standing = "good" | "bad" | "doubt" | "none";

export const standings: Readonly<Record<Support, Standing>> = {
  "supported": "good",
  "second-stage-due": "doubt",
  "withheld": "doubt",
  "not-supported": "bad",
  "no-tolerable-rate": "none",
  "not-projected": "none",
  "nothing-applicable": "none",
};
