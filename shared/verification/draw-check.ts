import type { Digest } from "../model/digest.ts";
import { type Check, failed, notPossible, passed } from "../model/verification-report.ts";
import { faultOf } from "../errors.ts";
import { performDraw } from "../sample/draw.ts";
import type { BundleStatements } from "./bundle-reading.ts";

/** Each draw comes out the same from its seed and the frozen ids. */
export function checkDraws(statements: BundleStatements, digest: Digest): Check {
  if (statements.draws.length === 0) return notPossible("draw", "No sample was drawn.");
  for (const draw of statements.draws) {
    const freeze = statements.freezes.find(({ id }) => id === draw.freezeId);
    if (!freeze || freeze.digest !== draw.populationDigest || freeze.size !== draw.populationSize || freeze.at > draw.at) {
      const difference = { subject: draw.id, expected: freeze?.digest ?? "a freeze", found: draw.populationDigest };
      return failed("draw", `Draw ${draw.id} was not made from a population that was frozen before it.`, difference);
    }
    let redrawn: readonly string[];
    try {
      redrawn = performDraw(statements.ids.get(draw.population) ?? [], draw, digest);
    } catch (error) {
      return failed("draw", faultOf(error).message, { subject: draw.id });
    }
    const at = Array.from({ length: Math.max(redrawn.length, draw.items.length) }).findIndex((_, i) => redrawn[i] !== draw.items[i]);
    if (at === -1) continue;
    const difference = { subject: `${draw.id}, rank ${at + 1}`, expected: redrawn[at] ?? "nothing", found: draw.items[at] ?? "nothing" };
    return failed("draw", `Seed "${draw.seed}" draws another sample.`, difference);
  }
  return passed("draw", `${statements.draws.length} draws come out the same from their seeds.`);
}
