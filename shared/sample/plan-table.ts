import { PlanRequest } from "../model/sample-plan.ts";
import { riskOfExtension } from "./extension-risk.ts";
import { planSample } from "./plan.ts";
import { type RowKind, writeCount, writeShare } from "./sample-table.ts";
import { ImpossibleValue, type TableRow } from "./table-row.ts";
import { planTwoStages } from "./two-stage-plan.ts";

const planning: RowKind = {
  computed: ["n", "k", "tolerable_count", "achieved_risk", "status"],
  compute(row) {
    const plan = planSample(
      requestOf(row, {
        expectedRate: row.decimal("expected_rate"),
        expectedDeviations: row.count("expected_deviations"),
      }),
    );
    return {
      n: writeCount(plan.size),
      k: writeCount(plan.acceptableDeviations),
      tolerable_count: writeCount(plan.tolerableCount),
      achieved_risk: writeShare(plan.achievedRisk),
      status: plan.status,
    };
  },
};

const twoStage: RowKind = {
  computed: ["n", "k", "achieved_risk", "status"],
  compute(row) {
    const { stageSize, achievedRisk, status } = planTwoStages(requestOf(row));
    return {
      n: writeCount(stageSize),
      k: stageSize === null ? "" : "1;0",
      achieved_risk: writeShare(achievedRisk),
      status,
    };
  },
};

const naiveExpansion: RowKind = {
  computed: ["achieved_risk", "status"],
  compute(row) {
    const { method, tolerableRate, populationSize = null } = requestOf(row);
    const [firstSize, totalSize] = row.pair("n");
    const [firstAcceptable, totalAcceptable] = row.pair("k");
    const isPossible =
      firstSize >= 1 &&
      totalSize >= firstSize &&
      firstAcceptable >= 0 &&
      totalAcceptable >= firstAcceptable &&
      totalAcceptable <= totalSize &&
      totalSize <= (populationSize ?? totalSize);
    if (!isPossible) throw new ImpossibleValue();
    const sizes = { firstSize, firstAcceptable, totalSize, totalAcceptable };
    return {
      achieved_risk: writeShare(riskOfExtension({ method, tolerableRate, populationSize, ...sizes })),
      status: "ok",
    };
  },
};

/** The kinds of rows that are plans. */
export const planRows: Readonly<Record<string, RowKind>> = {
  planning,
  two_stage: twoStage,
  naive_expansion_risk: naiveExpansion,
};

/** @throws ImpossibleValue when a number is out of its range, or one is missing */
function requestOf(
  row: TableRow,
  expectation: Pick<PlanRequest, "expectedRate" | "expectedDeviations"> = {},
): PlanRequest {
  const request = {
    method: row.method(),
    confidence: row.decimal("confidence") ?? "",
    tolerableRate: row.decimal("tolerable_rate") ?? "",
    populationSize: row.count("population"),
    ...expectation,
  };
  if (!PlanRequest.safeParse(request).success) throw new ImpossibleValue();
  return request;
}
