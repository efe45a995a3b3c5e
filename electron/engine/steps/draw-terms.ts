import { TickmarkError } from "../../../shared/errors.ts";
import type { CheckedDrawRequest } from "../../../shared/model/draw-request.ts";
import type { Draw, Freeze } from "../../../shared/model/sample.ts";
import type { Stratum } from "../../../shared/model/stratum.ts";
import { requireMethodOfBasis, sizeOnBasis } from "../../../shared/sample/basis-size.ts";
import { allocateAsGiven, allocateProportionally } from "../../../shared/sample/strata-allocation.ts";
import { countStrata, digestStrata, type StrataOfItems } from "../../../shared/sample/stratified-selection.ts";
import { digest } from "../digest.ts";
import type { Session } from "../session.ts";
import { resolveBasis } from "./sample-planning.ts";
import { readStrata } from "./strata-reading.ts";

/** What of a draw is settled before its items are known; `items` are those that the auditor named. */
export interface ResolvedTerms {
  readonly terms: Pick<Draw, "method" | "seed" | "size" | "basis" | "strata" | "items" | "reasons">;
  readonly strata: StrataOfItems | null;
}

const withoutChance = { seed: "", basis: { kind: "judgement" }, strata: null } as const;

/** @throws sample-size-invalid, request-invalid */
export function resolveTerms(session: Session, request: CheckedDrawRequest, freeze: Freeze): ResolvedTerms {
  const { method } = request;
  switch (method) {
    case "everything":
      return { terms: { method, ...withoutChance, size: freeze.size, items: [], reasons: [] }, strata: null };
    case "targeted":
    case "haphazard": {
      const items = request.items.map(({ id }) => id);
      const reasons = request.items.map(({ reason }) => reason);
      return { terms: { method, ...withoutChance, size: items.length, items, reasons }, strata: null };
    }
    case "rank":
    case "systematic": {
      const basis = resolveBasis(request.basis, freeze);
      requireMethodOfBasis(basis, method);
      const size = sizeOnBasis(basis, request.size);
      return { terms: { method, seed: request.seed, size, basis, strata: null, items: [], reasons: [] }, strata: null };
    }
    case "stratified":
      return resolveStratified(session, request, freeze);
  }
}

function resolveStratified(
  session: Session,
  request: Extract<CheckedDrawRequest, { method: "stratified" }>,
  freeze: Freeze,
): ResolvedTerms {
  const basis = resolveBasis(request.basis, freeze);
  requireMethodOfBasis(basis, request.method);
  const strata = readStrata(session, freeze, request.key);
  const counts = countStrata(strata);
  const sizes =
    request.sizes === null
      ? allocateProportionally(counts, sizeOnBasis(basis, request.size))
      : allocateAsGiven(counts, request.sizes);
  const size = sumOf(sizes);
  if (request.size !== null && request.size !== size) {
    throw new TickmarkError(
      "sample-size-invalid",
      `The sizes of the strata sum to ${size}, and the sample shall have ${request.size}.`,
      "Give the sizes of the strata alone, or the size of the sample alone.",
    );
  }
  return {
    terms: {
      ...{ method: request.method, seed: request.seed, size: sizeOnBasis(basis, size), basis, items: [], reasons: [] },
      strata: {
        key: request.key,
        allocation: request.sizes === null ? "proportional" : "given",
        digest: digestStrata(strata, digest),
        sizes,
        ofItems: sizes.flatMap(({ name, sample }) => Array<string>(sample).fill(name)),
      },
    },
    strata,
  };
}

function sumOf(sizes: readonly Stratum[]): number {
  return sizes.reduce((sum, { sample }) => sum + sample, 0);
}
