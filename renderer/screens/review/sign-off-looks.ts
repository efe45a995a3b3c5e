import type { SignOffProgress } from "../../../shared/model/judgement-words.ts";

/** How the state of a sign-off is coloured, beside its word. */
export const signOffLooks: Readonly<Record<SignOffProgress, string>> = {
  unsigned: "muted",
  prepared: "doubt",
  reviewed: "good",
  void: "bad",
};
