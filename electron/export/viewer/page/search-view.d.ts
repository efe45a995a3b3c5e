import { populationWords } from "../../../../shared/model/population-words.ts";
import type { ReportContent } from "../../../../shared/model/report.ts";

/** A place of the page that has all the words that were looked for. */
export interface Found {
  readonly route: string;
  readonly kind: string;
  readonly title: string;
  readonly text: string;
}

export function findAll(data: ReportContent & { readonly words: typeof populationWords }, query: string): Found[];
