import type { ParameterValues } from "../../../../shared/model/catalog.ts";
import type { Outcome } from "../../../../shared/model/result.ts";

/** Does to a story what a case is about. */
export type TellStory<S> = (story: S) => unknown;

/** One line of the answer key: `TRC-02 raised-before-work`, in words, what comes out, and the story. */
export type AnswerCase<S> = readonly [
  assertion: string,
  words: string,
  outcome: Outcome,
  tell: TellStory<S>,
  parameters?: ParameterValues,
];
