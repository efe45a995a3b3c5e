import type { Conclusion } from "../../../shared/model/conclusion.ts";
import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import type { Outcome } from "../../../shared/model/result.ts";
import type { Column } from "../../components/grid/grid-row.tsx";
import { OutcomeSign, outcomeSigns } from "../../components/outcome.tsx";
import { strings } from "../../strings.ts";
import { itemColumns } from "../population/item-columns.tsx";
import type { MatrixRow } from "./matrix-rows.ts";

const words = strings.testing;

/** The item's columns between its workpaper reference and one column for each control. */
export function matrixColumns(kind: PopulationKind, summaries: readonly Conclusion[]): readonly Column<MatrixRow>[] {
  const reference: Column<MatrixRow> = {
    id: "ref",
    head: words.ref,
    label: words.refLabel,
    width: 56,
    cell: (row) => <span className="muted">{row.ref}</span>,
    title: (row) => row.ref,
  };
  const controls = summaries.map(
    (summary): Column<MatrixRow> => ({
      id: summary.control,
      head: summary.control,
      label: words.controlHead(summary),
      width: 58,
      align: "center",
      cell: (row) => {
        const outcome = row.outcomes[summary.control];
        return outcome ? <Marked outcome={outcome} judged={row.judged[summary.control]} /> : <NotTested />;
      },
    }),
  );
  const items = itemColumns[kind] as readonly Column<MatrixRow>[];
  return [reference, ...items.filter((column) => column.id !== "kind"), ...controls];
}

/** As the rules found it; and beside it as it was judged, where it was. */
function Marked({ outcome, judged }: { readonly outcome: Outcome; readonly judged: Outcome | undefined }) {
  if (judged === undefined) return <OutcomeSign outcome={outcome} />;
  return (
    <span className="marked">
      <OutcomeSign outcome={outcome} />
      <span className="unseen">{words.judged}</span>
      <span aria-hidden>›</span>
      <OutcomeSign outcome={judged} />
    </span>
  );
}

function NotTested() {
  return (
    <span className="muted" role="img" aria-label={words.notTested}>
      ·
    </span>
  );
}

/** The matrix as rows of text, with its headings, for a spreadsheet. */
export function matrixText(
  kind: PopulationKind,
  summaries: readonly Conclusion[],
  rows: readonly MatrixRow[],
): string[][] {
  const heads = strings.items[kind];
  const controls = summaries.map((summary) => summary.control);
  return [
    [words.ref, heads.id, heads.title, heads.repository, heads.people, heads.reference, heads.atLabel, ...controls],
    ...rows.map((row) => [
      row.ref,
      row.id,
      row.title,
      row.repository,
      row.people,
      row.reference,
      row.at,
      ...controls.map((control) => {
        const [outcome, judged] = [row.outcomes[control], row.judged[control]];
        if (!outcome) return "";
        return judged ? `${outcomeSigns[outcome]} › ${outcomeSigns[judged]}` : outcomeSigns[outcome];
      }),
    ]),
  ];
}
