import type { Instant } from "../../../shared/model/instant.ts";
import { type Period, resolvePeriod } from "../../../shared/model/period.ts";
import type { SourceOf } from "../../../shared/model/source.ts";

/** For which time the files are said to be whole; null when nobody said it. @throws period-invalid */
export function declaredSpan(
  { covers }: SourceOf<"files">,
  period: Period,
): { readonly from: Instant; readonly to: Instant } | null {
  if (!covers) return null;
  const { start, end } = resolvePeriod(covers.from, covers.to, period.timeZone);
  return { from: start, to: end };
}
