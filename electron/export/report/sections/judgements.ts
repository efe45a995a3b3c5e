import { partPaths } from "../../../../shared/bundle/bundle-parts.ts";
import type { JudgementView } from "../../../../shared/model/judgement-view.ts";
import { effectWords, judgementStandings } from "../../../../shared/model/judgement-words.ts";
import type { ReportContent } from "../../../../shared/model/report.ts";
import type { Result } from "../../../../shared/model/result.ts";
import { shorten } from "../../viewer/page/visible-text.js";
import type { Flow } from "../flow.ts";
import { colors, mono, muted, outcomeWords, sizes, spaced, strong, text } from "../style.ts";
import { type Column, cell, drawTable, type Row } from "../table.ts";
import type { Span } from "../text-runs.ts";
import { formatCount, formatInstant, shortEvidencePath, shortId } from "../wording.ts";
import { destinationOf } from "../workpaper.ts";
import { itemRefs } from "./item-refs.ts";

export const judgementsRef = "J";

const most = 500;
const small = { size: sizes.small };

const columns: readonly Column[] = [
  { title: "Ref", width: 24 },
  { title: "Result", width: 96 },
  { title: "Tested", width: 48 },
  { title: "Judged", width: 52 },
  { title: "Why" },
  { title: "By", width: 84 },
];

/** Every judgement, also those that later ones took the place of: nothing that was judged disappears. */
export function drawJudgements(flow: Flow, content: ReportContent): void {
  const { judgements } = content;
  if (judgements.length === 0) return;
  flow.startSection({ title: "Judgements", ref: judgementsRef, destination: destinationOf(judgementsRef) });
  flow.paragraph([
    text(
      "A judgement stands beside a result and never changes it. Missing evidence that was disposed of by another procedure " +
        "counts as what was seen; a failure that was taken for no deviation is left out of the numbers as judged, and no " +
        "support rests on it. Both numbers stand with each conclusion.",
    ),
  ]);
  drawTable(
    flow,
    columns,
    judgements.slice(0, most).map((view) => judgementRow(content, view)),
  );
  if (judgements.length > most) {
    const rest = formatCount(judgements.length - most);
    flow.paragraph([muted(`The other ${rest} are in ${partPaths.judgements} and in index.html.`, small)]);
  }
}

function judgementRow(content: ReportContent, view: JudgementView): Row {
  const { ref, judgement, effect, standing } = view;
  const { control, assertion, item, tested, outcome, by, at } = judgement;
  const row = itemRefs(content).get(item);
  const counts = standing === "stands";
  const state = effect === null || !counts ? judgementStandings[standing] : effectWords[effect];
  return {
    cells: [
      cell(text(ref, small)),
      [
        spaced(
          strong(control, small),
          row === undefined
            ? mono(shorten(shortId(item), 60), { size: 6 })
            : text(row.ref, { ...small, color: colors.accent, goTo: destinationOf(row.ref) }),
        ),
        [mono(shorten(assertion, 60), { size: 6, color: colors.muted })],
      ],
      cell(text(outcomeWords[tested], small)),
      [
        [
          strong(outcome === null ? "taken back" : outcomeWords[outcome], {
            ...small,
            face: counts ? "strong" : "text",
          }),
        ],
        [muted(state, { size: sizes.mono })],
      ],
      wordsOf(view),
      [[text(by, small)], [muted(formatInstant(at), { size: sizes.mono })]],
    ],
  };
}

function wordsOf({ judgement: { reason, procedure } }: JudgementView): Span[][] {
  const lines: Span[][] = [[text(shorten(reason, 1200), small)]];
  if (procedure === null) return lines;
  lines.push(spaced(muted("Done:", small), text(shorten(procedure.done, 1200), small)));
  lines.push(spaced(muted("Seen:", small), text(shorten(procedure.seen, 1200), small)));
  for (const sha256 of procedure.documents) lines.push([mono(shortEvidencePath(sha256), { size: 6 })]);
  return lines;
}

/** Beside a result: what the auditor concludes on it, where a judgement stands. */
export function judgementOn(content: ReportContent, result: Result): Span[][] {
  const { population, control, assertion, item } = result;
  const view = content.judgements.find(({ standing, judgement }) => {
    if (standing !== "stands" || judgement.item !== item || judgement.control !== control) return false;
    return judgement.assertion === assertion && judgement.population === population;
  });
  if (view === undefined || view.judgement.outcome === null) return [];
  const judged = strong(`${view.ref} judged: ${outcomeWords[view.judgement.outcome]}`, {
    ...small,
    goTo: destinationOf(judgementsRef),
  });
  return [spaced(judged, muted(`by ${view.judgement.by}`, small)), ...wordsOf(view)];
}
