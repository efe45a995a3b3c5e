import type { Conclusion } from "../../../shared/model/conclusion.ts";
import type { MatrixRow } from "../../../shared/model/matrix-rows.ts";
import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import type { Outcome } from "../../../shared/model/result.ts";
import type { Column } from "../../components/grid/grid-row.tsx";
import { OutcomeSign, outcomeSigns } from "../../components/outcome.tsx";
import { strings } from "../../strings.ts";
import { itemColumns } from "../population/item-columns.tsx";

const words = strings.testing;
/** Beside so many controls all of an item has room; beside more its controls are what one looks for. */
const fewControls = 8;

/** The item's columns between its workpaper reference and one column for each control. */
export function matrixColumns(kind: PopulationKind, summaries: readonly Conclusion[]): readonly Column<MatrixRow>[] {
  const reference: Column<MatrixRow> = {
    id: "ref",
    sorts: true,
    head: words.ref,
    label: words.refLabel,
    width: 56,
    cell: (row) => <span className="muted">{row.ref}</span>,
    title: (row) => row.ref,
  };
  const controls = summaries.map(
    (summary): Column<MatrixRow> => ({
      id: summary.control,
      sorts: true,
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
  const left = new Set(summaries.length > fewControls ? ["kind", "people", "repository"] : ["kind"]);
  return [reference, ...items.filter((column) => !left.has(column.id)), ...controls];
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
  const fields = (["id", "title", "repository", "people", "reference"] as const).filter((field) => heads[field] !== "");
  return [
    [words.ref, ...fields.map((field) => heads[field]), heads.atLabel, ...controls],
    ...rows.map((row) => [
      row.ref,
      ...fields.map((field) => row[field]),
      row.at,
      ...controls.map((control) => {
        const [outcome, judged] = [row.outcomes[control], row.judged[control]];
        if (!outcome) return "";
        return judged ? `${outcomeSigns[outcome]} › ${outcomeSigns[judged]}` : outcomeSigns[outcome];
      }),
    ]),
  ];
}
