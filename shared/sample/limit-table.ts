import { RateText } from "../model/decimal-text.ts";
import { LimitRequest, type ValidLimit } from "../model/sample-limit.ts";
import { PopulationSize } from "../model/sample-plan.ts";
import { limitOf } from "./limit.ts";
import { tolerableCountOf } from "./plan-search.ts";
import { type RowKind, writeCount, writeShare } from "./sample-table.ts";
import { ImpossibleValue } from "./table-row.ts";

const evaluation: RowKind = {
  computed: [
    ...["tolerable_count", "most_likely_rate", "upper", "upper_count", "lower_two_sided", "upper_two_sided"],
    ...["lower_two_sided_count", "upper_two_sided_count", "tail_at_tolerable", "supports_tolerable", "status"],
  ],
  compute(row) {
    const request = {
      method: row.method(),
      confidence: row.decimal("confidence") ?? "",
      tolerableRate: row.decimal("tolerable_rate"),
      populationSize: row.count("population"),
      size: row.count("n") ?? 0,
      deviations: row.count("k") ?? -1,
    };
    if (!LimitRequest.safeParse(request).success) throw new ImpossibleValue();
    const limit = limitOf(request);
    if (limit.status === "invalid") throw new ImpossibleValue();
    return cellsOf(limit);
  },
  /** What is tolerable depends on the population alone, and is known without a sample. */
  ofInvalid(row) {
    const [method, tolerableRate, populationSize] = [row.method(), row.text("tolerable_rate"), row.count("population")];
    if (!RateText.safeParse(tolerableRate).success || !PopulationSize.safeParse(populationSize).success) return {};
    return { tolerable_count: writeCount(tolerableCountOf({ method, tolerableRate, populationSize })) };
  },
};

/** The kinds of rows that are tested samples. */
export const limitRows: Readonly<Record<string, RowKind>> = { evaluation };

function cellsOf(limit: ValidLimit): Readonly<Record<string, string>> {
  return {
    tolerable_count: writeCount(limit.tolerableCount),
    most_likely_rate: writeShare(limit.mostLikelyRate),
    upper: writeShare(limit.upper),
    upper_count: writeCount(limit.upperCount),
    lower_two_sided: writeShare(limit.lowerTwoSided),
    upper_two_sided: writeShare(limit.upperTwoSided),
    lower_two_sided_count: writeCount(limit.lowerTwoSidedCount),
    upper_two_sided_count: writeCount(limit.upperTwoSidedCount),
    tail_at_tolerable: writeShare(limit.tailAtTolerable),
    supports_tolerable: limit.supportsTolerable === null ? "" : String(limit.supportsTolerable),
    status: limit.status,
  };
}
