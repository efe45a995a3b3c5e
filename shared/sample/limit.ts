import { type CheckedLimitRequest, LimitRequest, type SampleLimit, type ValidLimit } from "../model/sample-limit.ts";
import { checkRequest } from "./checked-request.ts";
import { lowerTail } from "./count-distribution.ts";
import { parseDecimal } from "./decimal.ts";
import { modelDeviations } from "./deviation-model.ts";
import { lowerCountLimit, upperCountLimit } from "./limit-counts.ts";
import { lowerBinomialLimit, lowerPoissonLimit, upperBinomialLimit, upperPoissonLimit } from "./limit-rates.ts";
import { describeInvalidity, describeLimit } from "./limit-sentence.ts";
import { tolerableCountOf } from "./plan-search.ts";
import { halfRiskOf, isWithinRisk, riskOf } from "./risk.ts";

/**
 * What a tested sample says about its population: the most likely rate of deviation, its limits with a confidence, and
 * whether a rate that can be tolerated is supported. A sample that cannot be (more deviations than items) is answered
 * with the status `invalid` and the reason.
 *
 * @throws request-invalid when the confidence or a rate is no number of its range
 */
export function limitOf(request: LimitRequest): SampleLimit {
  const checked = checkRequest(LimitRequest, request);
  const reason = describeInvalidity(checked);
  if (reason !== null) return { status: "invalid", request: checked, sentence: reason };
  const limit = {
    status: "ok" as const,
    request: checked,
    mostLikelyRate: checked.deviations / checked.size,
    ...limitsOf(checked),
    ...compareWithTolerable(checked),
  };
  return { ...limit, sentence: describeLimit(limit) };
}

type Limits = Pick<
  ValidLimit,
  "upper" | "lowerTwoSided" | "upperTwoSided" | "upperCount" | "lowerTwoSidedCount" | "upperTwoSidedCount"
>;

const noCounts = { upperCount: null, lowerTwoSidedCount: null, upperTwoSidedCount: null } as const;

function limitsOf({ method, confidence, size, deviations, populationSize }: CheckedLimitRequest): Limits {
  const risk = riskOf(confidence);
  const halfRisk = halfRiskOf(confidence);
  switch (method) {
    case "binomial":
      return {
        upper: upperBinomialLimit(deviations, size, risk),
        lowerTwoSided: lowerBinomialLimit(deviations, size, halfRisk),
        upperTwoSided: upperBinomialLimit(deviations, size, halfRisk),
        ...noCounts,
      };
    case "poisson":
      return {
        upper: upperPoissonLimit(deviations, size, risk),
        lowerTwoSided: lowerPoissonLimit(deviations, size, halfRisk),
        upperTwoSided: upperPoissonLimit(deviations, size, halfRisk),
        ...noCounts,
      };
    case "hypergeometric":
      return countLimits({ deviations, size, populationSize: populationSize ?? size }, risk, halfRisk);
  }
}

function countLimits(sample: Parameters<typeof upperCountLimit>[0], risk: number, halfRisk: number): Limits {
  const upperCount = upperCountLimit(sample, risk);
  const lowerTwoSidedCount = lowerCountLimit(sample, halfRisk);
  const upperTwoSidedCount = upperCountLimit(sample, halfRisk);
  return {
    upper: upperCount / sample.populationSize,
    lowerTwoSided: lowerTwoSidedCount / sample.populationSize,
    upperTwoSided: upperTwoSidedCount / sample.populationSize,
    upperCount,
    lowerTwoSidedCount,
    upperTwoSidedCount,
  };
}

/** The control is supported when so few deviations were improbable enough at the tolerable rate. */
function compareWithTolerable(
  request: CheckedLimitRequest,
): Pick<ValidLimit, "tolerableCount" | "tailAtTolerable" | "supportsTolerable"> {
  const { method, confidence, size, deviations, populationSize, tolerableRate } = request;
  const tolerableCount = tolerableCountOf(request);
  if (tolerableRate === null) return { tolerableCount, tailAtTolerable: null, supportsTolerable: null };
  const model = modelDeviations(method, parseDecimal(tolerableRate), populationSize);
  const tailAtTolerable = lowerTail(model.inSample(size), deviations);
  return { tolerableCount, tailAtTolerable, supportsTolerable: isWithinRisk(tailAtTolerable, riskOf(confidence)) };
}
