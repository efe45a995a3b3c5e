import { populationWords } from "../../../../shared/model/population-words.ts";
import type { ReportContent } from "../../../../shared/model/report.ts";
import type { Result } from "../../../../shared/model/result.ts";

/** A place of the page that has all the words that were looked for. */
export interface Found {
  readonly route: string;
  readonly kind: string;
  readonly title: string;
  readonly text: string;
}

/** What the page holds of the report's content. */
interface PageData extends Omit<ReportContent, "results"> {
  readonly results: readonly Result[];
  readonly words: typeof populationWords;
}

export function findAll(data: PageData, query: string): Found[];
