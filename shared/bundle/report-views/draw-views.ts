import type { Draw, Freeze } from "../../model/sample.ts";
import type { DrawView } from "../../model/view.ts";
import { describeDraw } from "../../sample/draw-command.ts";
import { describeDrawing } from "../../sample/draw-sentences.ts";
import { type TestedSample, testedSamples } from "../../sample/tested-samples.ts";
import { idsPath, partPaths, strataPath } from "../bundle-parts.ts";

/** The draw log as people read it, the oldest first. */
export function viewDraws(draws: readonly Draw[], freezes: readonly Freeze[]): DrawView[] {
  const samples = testedSamples(draws, freezes);
  return draws.map((draw) => viewDraw(draw, draws, samples));
}

/**
 * A draw as it stands in the log, with the command that repeats it in an unpacked bundle.
 *
 * @param samples what is tested of the whole log
 */
export function viewDraw(draw: Draw, draws: readonly Draw[], samples: readonly TestedSample[]): DrawView {
  const files = { ids: idsPath(draw.population), strata: strataPathOf(draw), script: partPaths.reperform };
  const sample = samples.find((each) => each.draws.some(({ id }) => id === draw.id));
  return {
    draw,
    command: describeDraw(draw, draws, files),
    standing: sample === undefined ? "superseded" : sample.isApart ? "apart" : "sample",
    sentences: describeDrawing(draw),
  };
}

/** Strata are listed once for each key: what follows a draw has the same list. */
function strataPathOf({ population, strata }: Draw): string {
  return strata === null ? "" : strataPath(population, strata.key);
}
