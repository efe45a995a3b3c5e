import { faultOf } from "../errors.ts";
import type { Digest } from "../model/digest.ts";
import type { Draw } from "../model/sample.ts";
import { type Check, failed, passed } from "../model/verification-report.ts";
import { performDraw } from "../sample/draw.ts";
import type { BundleStatements } from "./bundle-reading.ts";

/** Each draw comes out the same from its seed and the frozen ids. */
export function checkDraws(statements: BundleStatements, digest: Digest): Check {
  if (statements.testedDraws.length === 0) return failed("draw", "The bundle states no sample that was tested.");
  let redrawnCount = 0;
  for (const draw of statements.draws) {
    const freeze = statements.freezes.find(({ id }) => id === draw.freezeId);
    if (
      !freeze ||
      freeze.digest !== draw.populationDigest ||
      freeze.size !== draw.populationSize ||
      freeze.at > draw.at
    ) {
      const difference = { subject: draw.id, expected: freeze?.digest ?? "a freeze", found: draw.populationDigest };
      return failed("draw", `Draw ${draw.id} was not made from a population that was frozen before it.`, difference);
    }
    // The ids of an older population are not in the bundle; what was drawn from it stays on record and is not tested.
    if (!statements.currentFreezes.includes(freeze)) continue;
    redrawnCount += 1;
    let redrawn: readonly string[];
    try {
      redrawn = performDraw(statements.ids.get(draw.population) ?? [], draw, digest);
    } catch (error) {
      return failed("draw", faultOf(error).message, { subject: draw.id });
    }
    const at = Array.from({ length: Math.max(redrawn.length, draw.items.length) }).findIndex(
      (_, i) => redrawn[i] !== draw.items[i],
    );
    if (at === -1) continue;
    const difference = {
      subject: `${draw.id}, rank ${at + 1}`,
      expected: draw.items[at] ?? "nothing",
      found: redrawn[at] ?? "nothing",
    };
    return failed("draw", `Seed "${draw.seed}" draws another sample.`, difference);
  }
  const stale = statements.testedDraws.find((tested) => isSuperseded(tested, statements));
  if (stale) return failed("draw", "The sample that was tested is not the newest one.", { subject: stale.id });
  const older = statements.draws.length - redrawnCount;
  const remark = older > 0 ? ` ${older} earlier draws were from a population that was frozen anew since.` : "";
  return passed("draw", `${redrawnCount} draws come out the same from their seeds.${remark}`);
}

function isSuperseded(tested: Draw, { draws, currentFreezes }: BundleStatements): boolean {
  const current = currentFreezes.find(({ population }) => population === tested.population);
  return draws.findLast((draw) => draw.population === tested.population && draw.freezeId === current?.id) !== tested;
}
