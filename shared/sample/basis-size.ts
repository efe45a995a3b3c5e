import { TickmarkError } from "../errors.ts";
import type { DrawBasis } from "../model/draw-basis.ts";
import type { SampleMethod } from "../model/sample.ts";
import { nameItems } from "./wording.ts";

/**
 * The size of an initial draw on this basis.
 *
 * @param asked null for as many as the basis asks for
 * @throws sample-size-invalid when it is less than the basis asks for, or another than that of a stage, or not known
 */
export function sizeOnBasis(basis: DrawBasis, asked: number | null): number {
  const least = leastSizeOf(basis);
  const size = asked ?? least;
  if (size === null) {
    throw new TickmarkError(
      "sample-size-invalid",
      "The size of the sample is not given.",
      "Give a size, or a plan or a house table that it follows from.",
    );
  }
  if (least === null || size === least || (size > least && basis.kind !== "two-stage-plan")) return size;
  throw new TickmarkError(
    "sample-size-invalid",
    `A sample of ${size} is not what its basis asks for, which is ${nameItems(least, "items")}.`,
    `Draw ${least}, or give the size as your own judgement: then no plan is claimed for it.`,
  );
}

/**
 * A second stage is the next in rank of the whole population, so that both stages have to be drawn by rank.
 * @throws request-invalid
 */
export function requireMethodOfBasis(basis: DrawBasis, method: SampleMethod): void {
  if (basis.kind !== "two-stage-plan" || method === "rank") return;
  throw new TickmarkError(
    "request-invalid",
    `A two-stage plan cannot be carried out by a ${method} draw.`,
    "Draw by rank, or plan a sample of one stage.",
  );
}

function leastSizeOf(basis: DrawBasis): number | null {
  switch (basis.kind) {
    case "plan":
      return basis.plan.size;
    case "two-stage-plan":
      return basis.plan.stageSize;
    case "house-table":
      return basis.size;
    case "judgement":
      return null;
  }
}
