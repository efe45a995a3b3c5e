import type { NoteView } from "../../../../shared/model/judgement-view.ts";
import { nameScope, noteStates, sayVoid } from "../../../../shared/model/judgement-words.ts";
import type { ReportContent } from "../../../../shared/model/report.ts";
import type { ScopeSignOffs, StandingSignOff } from "../../../../shared/model/sign-off.ts";
import { shorten } from "../../viewer/page/visible-text.js";
import type { Flow } from "../flow.ts";
import { muted, outcomeColors, sizes, spaced, strong, text } from "../style.ts";
import { type Cell, type Column, cell, drawTable, type Row } from "../table.ts";
import type { Span } from "../text-runs.ts";
import { formatInstant } from "../wording.ts";
import { controlRef, destinationOf } from "../workpaper.ts";
import type { Fact } from "./facts-list.ts";

export const signOffsRef = "S";
const small = { size: sizes.small };

/** Who signed off the engagement, for the cover. */
export function signOffFacts({ signOffs }: ReportContent): Fact[] {
  const own = signOffs.find(({ scope }) => scope.kind === "engagement");
  return [
    ["Signed off as preparer", standingSpans(own?.preparer ?? null)],
    ["Signed off as reviewer", standingSpans(own?.reviewer ?? null)],
  ];
}

function standingSpans(standing: StandingSignOff | null): Span[] {
  if (standing === null) return [muted("nobody")];
  const { by, at } = standing.signOff;
  const said = sayVoid(standing);
  const name = text(`${by}, ${formatInstant(at)}`);
  return said === "" ? [name] : [name, text(`; ${said}`, { color: outcomeColors.fail, face: "strong" })];
}

export function hasSignOffs({ signOffs, notes }: ReportContent): boolean {
  return notes.length > 0 || signOffs.some(({ preparer, reviewer }) => preparer !== null || reviewer !== null);
}

const columns: readonly Column[] = [
  { title: "Ref", width: 26 },
  { title: "What", width: 78 },
  { title: "Prepared" },
  { title: "Reviewed", width: 190 },
];

const noteColumns: readonly Column[] = [
  { title: "Ref", width: 26 },
  { title: "On", width: 78 },
  { title: "Note and answers" },
  { title: "State", width: 76 },
];

/** Names under what was tested. A sign-off is void when something under it is another since: then it says nothing about this report. */
export function drawSignOffs(flow: Flow, content: ReportContent): void {
  if (!hasSignOffs(content)) return;
  const ref = signOffsRef;
  flow.startSection({ title: "Sign-offs and review notes", ref, destination: destinationOf(ref) });
  flow.paragraph([
    text(
      "A sign-off is a name on record, over the results, judgements, exceptions and conclusions as they were. It is void when " +
        "any of them, the evidence or the rule is another since. Whose key stands behind this report is told by its signature.",
    ),
  ]);
  drawTable(
    flow,
    columns,
    content.signOffs.map((each) => scopeRow(content, each)),
  );
  if (content.notes.length === 0) return;
  flow.subheading("Review notes", 120);
  drawTable(flow, noteColumns, content.notes.map(noteRow));
}

function scopeRow(content: ReportContent, { scope, preparer, reviewer }: ScopeSignOffs): Row {
  const ref = scope.kind === "control" ? controlRef(content, scope.control) : null;
  const goTo = ref === null ? undefined : destinationOf(ref);
  return {
    cells: [
      cell(text(ref ?? "", { ...small, goTo })),
      cell(strong(nameScope(scope), { ...small, goTo })),
      standingCell(preparer),
      standingCell(reviewer),
    ],
  };
}

function standingCell(standing: StandingSignOff | null): Cell {
  return cell(...standingSpans(standing).map((span) => ({ ...span, size: sizes.small })));
}

function noteRow({ ref, note, state, about }: NoteView): Row {
  const line = (what: string, { by, at, text: words }: { by: string; at: string; text: string }): Span[] =>
    spaced(muted(`${what}${by}, ${formatInstant(at)}:`, small), text(shorten(words, 1500), small));
  const { restoration } = note;
  return {
    cells: [
      cell(text(ref, small)),
      cell(text(shorten(about, 80), small)),
      [
        line("", note),
        ...note.answers.map((answer) => line("answered by ", answer)),
        ...(note.cleared === null ? [] : [line("cleared by ", note.cleared)]),
        ...(restoration ? [line("the last of it undone by ", { ...restoration, text: restoration.reason })] : []),
      ],
      cell(strong(noteStates[state], small)),
    ],
  };
}
