import { z } from "zod";
import { TickmarkError } from "../../../shared/errors.ts";
import { parseInstant } from "../../../shared/model/instant.ts";
import type { Period } from "../../../shared/model/period.ts";
import { isWithin } from "../../../shared/model/period.ts";
import { readRequestAddress } from "../../../shared/model/request-address.ts";
import type { SourceOf } from "../../../shared/model/source.ts";
import { highestNumber, readNumberSet } from "../number-set.ts";
import type { GithubFilesCursor } from "./github-files-cursor.ts";
import type { RecordedPage } from "./recorded-page.ts";

type Recognised = Exclude<RecordedPage, { reason: string }>;

const Pull = z.object({
  number: z.number().int().positive().max(highestNumber),
  merged_at: z.string().nullish(),
  base: z.object({ repo: z.object({ full_name: z.string() }).nullish() }),
});
const Review = z.object({ pull_request_url: z.string() });

/** Adds a recorded page to the counts. @throws source-invalid when it is of another repository */
export function countPage(
  source: SourceOf<"github-files">,
  period: Period,
  cursor: GithubFilesCursor,
  name: string,
  { format, elements, total }: Recognised,
): GithubFilesCursor {
  const next = {
    ...cursor,
    files: { ...cursor.files, [format]: (cursor.files[format] ?? 0) + 1 },
    rows: { ...cursor.rows, [format]: (cursor.rows[format] ?? 0) + elements.length },
  };
  if (format === "github.pulls" || format === "github.pull") {
    return { ...next, merged: addNumbers(cursor.merged, mergedIn(source, period, name, elements)) };
  }
  if (format === "github.reviews") return { ...next, reviewed: addNumbers(cursor.reviewed, requestOf(name, elements)) };
  if (format === "github.runs" && total !== null) {
    return { ...next, runTotals: [...new Set([...cursor.runTotals, total])] };
  }
  return next;
}

function mergedIn(
  source: SourceOf<"github-files">,
  period: Period,
  name: string,
  elements: readonly unknown[],
): number[] {
  const pulls = elements.flatMap((element) => Pull.safeParse(element).data ?? []);
  for (const { base } of pulls) {
    const other = base.repo?.full_name ?? source.project;
    if (other.toLowerCase() === source.project.toLowerCase()) continue;
    throw new TickmarkError(
      "source-invalid",
      `${name} holds pull requests of ${other}, not of ${source.project}.`,
      "Give the project that the files are of, or the files of the project.",
    );
  }
  const isMergedInPeriod = (merged: string | null | undefined) => {
    const at = merged ? parseInstant(merged) : null;
    return at !== null && isWithin(period, at);
  };
  return pulls.filter((pull) => isMergedInPeriod(pull.merged_at)).map((pull) => pull.number);
}

function requestOf(name: string, elements: readonly unknown[]): number[] {
  const address = readRequestAddress(name);
  if (address !== null) return [address.number];
  const url = Review.safeParse(elements[0]).data?.pull_request_url ?? "";
  const number = Number(/\/pulls\/([1-9]\d{0,6})$/.exec(url)?.[1] ?? 0);
  return number > 0 && number <= highestNumber ? [number] : [];
}

function addNumbers(spelled: string, numbers: readonly number[]): string {
  const set = readNumberSet(spelled);
  for (const number of numbers) if (number <= highestNumber) set.add(number);
  return set.spell();
}
