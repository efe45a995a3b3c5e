import { idsPath, partPaths, strataPath } from "../../../shared/bundle/bundle-parts.ts";
import type { Draw } from "../../../shared/model/sample.ts";
import type { DrawView } from "../../../shared/model/view.ts";
import { describeDraw } from "../../../shared/sample/draw-command.ts";
import { describeDrawing } from "../../../shared/sample/draw-sentences.ts";
import { type TestedSample, testedSamples } from "../../../shared/sample/tested-samples.ts";
import type { Session } from "../session.ts";

/** A draw as it stands in the log, with the command that repeats it in an unpacked bundle. */
export function viewDraw(session: Session, draw: Draw): DrawView {
  const { store } = session;
  const draws = store.draws();
  return viewOne(draw, draws, testedSamples(draws, store.freezes()));
}

/** The draw log, the oldest first. */
export function listDraws(session: Session): DrawView[] {
  const { store } = session;
  const draws = store.draws();
  const samples = testedSamples(draws, store.freezes());
  return draws.map((draw) => viewOne(draw, draws, samples));
}

function viewOne(draw: Draw, draws: readonly Draw[], samples: readonly TestedSample[]): DrawView {
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
