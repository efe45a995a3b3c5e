import type { Difference } from "../model/verification-report.ts";

/** What is wrong with a draw, as one sentence, and the difference that shows it. */
export interface DrawFault extends Difference {
  readonly what: string;
}
