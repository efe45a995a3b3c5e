import type { FurtherSample, ValidLimit } from "../model/sample-limit.ts";
import { lowerTail } from "./count-distribution.ts";
import { parseDecimal } from "./decimal.ts";
import { type DeviationModel, modelDeviations } from "./deviation-model.ts";
import { riskOfExtension } from "./extension-risk.ts";
import { firstReached } from "./limit-root.ts";
import { isWithinRisk, riskOf } from "./risk.ts";
import { formatCount, formatShare, nameItems } from "./wording.ts";

/** Further samples are sought up to so many items in all. */
const largestTotal = 1_000_000;

/**
 * How many more items would have to be tested, and found without deviation, for the sample to support the tolerable
 * rate; with the true risk of extending a sample because it did not support it.
 *
 * @returns null when the limit was asked for without a tolerable rate
 */
export function furtherSample(limit: ValidLimit): FurtherSample | null {
  const { request, supportsTolerable } = limit;
  const { method, confidence, size, deviations, populationSize, tolerableRate, itemName } = request;
  if (tolerableRate === null) return null;
  if (supportsTolerable) {
    return { additional: 0, total: size, trueRisk: null, sentence: "The sample supports the tolerable rate as it is." };
  }
  const risk = riskOf(confidence);
  const model = modelDeviations(method, parseDecimal(tolerableRate), populationSize);
  const largest = Math.max(size, Math.min(populationSize ?? largestTotal, largestTotal));
  // With the same deviations in more items the tail only falls.
  const isEnough = (total: number) => isWithinRisk(lowerTail(model.inSample(total), deviations), risk);
  const total = firstReached(size, largest, isEnough);
  if (!isEnough(total)) {
    return { additional: null, total: null, trueRisk: null, sentence: describeHopeless(largest, itemName) };
  }
  const firstAcceptable = acceptableIn(model, size, deviations, risk);
  const test = { method, tolerableRate, populationSize, firstSize: size, firstAcceptable, totalSize: total };
  const trueRisk = riskOfExtension({ ...test, totalAcceptable: deviations });
  const sentence =
    `${formatCount(total - size)} more ${itemName} without any deviation, ${formatCount(total)} in all, would support ` +
    `the tolerable rate. ${describeRisk(trueRisk, risk, firstAcceptable, itemName)}`;
  return { additional: total - size, total, trueRisk, sentence };
}

function describeRisk(trueRisk: number, risk: number, firstAcceptable: number, itemName: string): string {
  const inError = "the risk of relying on the control in error";
  if (firstAcceptable < 0) {
    return (
      `The first ${itemName} were too few to support it whatever they showed, so that ${inError} stays at ` +
      `${formatShare(trueRisk, "up")} if they are extended this once.`
    );
  }
  return (
    `If that was not planned before the first ${itemName} were tested, ${inError} is ${formatShare(trueRisk, "up")} ` +
    `and not ${formatShare(risk, "nearest")}.`
  );
}

/** Deviations with which the sample would have supported it; −1 when none would be few enough. */
function acceptableIn(model: DeviationModel, size: number, found: number, risk: number): number {
  const tooMany = firstReached(0, found, (count) => !isWithinRisk(lowerTail(model.inSample(size), count), risk));
  return tooMany - 1;
}

function describeHopeless(largest: number, itemName: string): string {
  return (
    `No further sample supports the tolerable rate: too many deviations were found already for ` +
    `${nameItems(largest, itemName)} in all.`
  );
}
