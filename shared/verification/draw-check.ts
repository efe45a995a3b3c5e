import { faultOf } from "../errors.ts";
import type { Digest } from "../model/digest.ts";
import { type Draw, type Freeze, isStatistical } from "../model/sample.ts";
import { type Check, failed, passed } from "../model/verification-report.ts";
import { performDraw } from "../sample/draw.ts";
import type { BundleStatements } from "./bundle-reading.ts";
import { findBasisFault } from "./draw-basis-check.ts";
import type { DrawFault } from "./draw-fault.ts";
import { findPurposeFault } from "./draw-purpose-check.ts";
import { findStrataFault } from "./strata-check.ts";

/**
 * Every draw of the log comes out the same, by its own method, from its seed and the frozen ids; its size is what its plan
 * asks for; what follows a draw goes on with its ranking; and the draws that were tested are those that the rule names.
 */
export function checkDraws(statements: BundleStatements, digest: Digest): Check {
  if (statements.testedDraws.length === 0) return failed("draw", "The bundle states no sample that was tested.");
  let redrawn = 0;
  for (const [index, draw] of statements.draws.entries()) {
    const before = statements.draws.slice(0, index);
    const freeze = statements.freezes.find(({ id }) => id === draw.freezeId);
    const isCurrent = freeze !== undefined && statements.currentFreezes.includes(freeze);
    // The ids of an older population are not in the bundle; what was drawn from it stays on record and is not tested.
    const fault =
      findOriginFault(draw, freeze) ??
      findStatementFault(draw) ??
      findSeedFault(draw, before) ??
      findBasisFault(draw, before) ??
      findPurposeFault(draw, before) ??
      (isCurrent
        ? (findStrataFault(draw, before, statements, digest) ?? findOther(draw, before, statements, digest))
        : undefined);
    if (fault) {
      const { what, ...difference } = fault;
      return failed("draw", what, { subject: draw.id, ...difference });
    }
    if (isCurrent) redrawn += 1;
  }
  return (
    checkTested(statements) ??
    passed("draw", `${redrawn} draws come out the same from their seeds.${describeRest(statements, redrawn)}`)
  );
}

function findOriginFault(draw: Draw, freeze: Freeze | undefined): DrawFault | undefined {
  const isFrozen =
    freeze !== undefined &&
    freeze.population === draw.population &&
    freeze.digest === draw.populationDigest &&
    freeze.size === draw.populationSize &&
    freeze.at <= draw.at;
  if (isFrozen) return undefined;
  return {
    what: `Draw ${draw.id} was not made from a population that was frozen before it.`,
    expected: freeze?.digest ?? "a freeze",
    found: draw.populationDigest,
  };
}

/** What the entry says of itself. */
function findStatementFault({ method, statistical, size, items, reasons, purpose, seed }: Draw): DrawFault | undefined {
  if (statistical !== isStatistical(method)) {
    return {
      what: `A draw by the method ${method} says of itself that it is ${statistical ? "" : "not "}statistical.`,
      expected: String(isStatistical(method)),
      found: String(statistical),
    };
  }
  if (size !== items.length) {
    return { what: "A draw has another number of items than its size.", expected: `${size}`, found: `${items.length}` };
  }
  const isNamed = method === "targeted" || method === "haphazard";
  if (reasons.length !== (isNamed ? items.length : 0) || reasons.some((reason) => reason.trim() === "")) {
    return {
      what: "Not every item that the auditor named has a reason.",
      expected: `${size}`,
      found: `${reasons.length}`,
    };
  }
  if (!isStatistical(method) && (seed !== "" || (purpose.kind !== "initial" && method === "everything"))) {
    return { what: `A draw by the method ${method} has a seed or follows another one.`, expected: "none", found: seed };
  }
  return undefined;
}

/** A seed is used once for a kind of population; what follows a draw goes on with that one's. */
function findSeedFault({ purpose, seed, population }: Draw, before: readonly Draw[]): DrawFault | undefined {
  if (purpose.kind !== "initial" || seed === "") return undefined;
  const earlier = before.find((draw) => draw.seed === seed && draw.population === population);
  if (earlier === undefined) return undefined;
  return { what: `The seed "${seed}" was used twice.`, expected: "another seed", found: `that of draw ${earlier.id}` };
}

function findOther(
  draw: Draw,
  before: readonly Draw[],
  statements: BundleStatements,
  digest: Digest,
): DrawFault | undefined {
  const strata = draw.strata === null ? null : (statements.strata.get(draw.population)?.get(draw.strata.key) ?? null);
  let redrawn: readonly string[];
  try {
    redrawn = performDraw({ ids: statements.ids.get(draw.population) ?? [], strata }, draw, before, digest);
  } catch (error) {
    return { what: faultOf(error).message };
  }
  const length = Math.max(redrawn.length, draw.items.length);
  const at = Array.from({ length }).findIndex((_, i) => redrawn[i] !== draw.items[i]);
  if (at === -1) return undefined;
  return {
    what: draw.seed === "" ? "The draw has other items." : `Seed "${draw.seed}" draws another sample.`,
    subject: `${draw.id}, rank ${at + 1}`,
    expected: draw.items[at] ?? "nothing",
    found: redrawn[at] ?? "nothing",
  };
}

/** The samples that results are for are those that the draw log gives by the one rule, no draw more and none less. */
function checkTested({ samples, testedDraws }: BundleStatements): Check | undefined {
  const expected = samples.flatMap((sample) => sample.draws.map(({ id }) => id));
  const found = testedDraws.map(({ id }) => id);
  if (expected.join("\n") === found.join("\n")) return undefined;
  const subject = found.find((id) => !expected.includes(id)) ?? expected.find((id) => !found.includes(id));
  return failed("draw", "The sample that was tested is not the newest one with all that followed it.", {
    subject: subject ?? "order",
    expected: expected.join(", "),
    found: found.join(", "),
  });
}

function describeRest({ draws, testedDraws }: BundleStatements, redrawn: number): string {
  const tested = new Set(testedDraws.map(({ id }) => id));
  const untested = draws.filter(({ id }) => !tested.has(id)).length;
  const older = draws.length - redrawn;
  const remarks = [
    older > 0 ? ` ${older} earlier draws were from a population that was frozen anew since.` : "",
    untested > older
      ? ` ${untested - older} draws of the same population were superseded by later ones and not tested.`
      : "",
  ];
  return remarks.join("");
}
