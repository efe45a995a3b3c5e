import { PopulationKind } from "../../../shared/model/population-kind.ts";
import type { PopulationRow } from "../../../shared/model/view.ts";
import { useBrowsed } from "../../components/changing.tsx";
import type { Column } from "../../components/grid/grid-row.tsx";
import { formatMinute, shortItem } from "../../format.ts";
import { strings } from "../../strings.ts";

function IdAlone() {
  return <span className="muted">{useBrowsed()?.part ? strings.items.idInPart : strings.items.idAlone}</span>;
}

/** Columns of an item, under the names that they have for its kind, without those that say nothing of it. */
function columnsOf<Row extends PopulationRow>(kind: PopulationKind): readonly Column<Row>[] {
  const words = strings.items[kind];
  const all: readonly Column<Row>[] = [
    {
      id: "id",
      sorts: true,
      head: words.id,
      label: words.id,
      width: kind === "change" ? 96 : 150,
      cell: (row) => <span className="mono">{shortItem(row.id)}</span>,
      title: (row) => row.id,
    },
    {
      id: "title",
      sorts: true,
      head: words.title,
      label: words.title,
      width: 150,
      grows: 4,
      // Of an item that was not sampled, a bundle has the id alone.
      cell: (row) => (row.at === null ? <IdAlone /> : row.title),
      title: (row) => row.title,
    },
    {
      id: "repository",
      sorts: true,
      head: words.repository,
      label: words.repository,
      width: 108,
      cell: (row) => row.repository,
      title: (row) => row.repository,
    },
    {
      id: "people",
      sorts: true,
      head: words.people,
      label: words.people,
      width: 122,
      grows: 1,
      cell: (row) => (row.at === null ? "" : row.people || strings.items.nobody),
      title: (row) => row.people,
    },
    {
      id: "reference",
      head: words.reference,
      label: words.reference,
      width: 92,
      cell: (row) => {
        if (row.at === null) return "";
        return row.reference ? <span className="mono">{row.reference}</span> : strings.items.nothing;
      },
      title: (row) => row.reference,
    },
    {
      id: "at",
      sorts: true,
      head: words.at,
      label: words.atLabel,
      width: 139,
      cell: (row) => (row.at === null ? "" : formatMinute(row.at)),
      title: (row) => row.at ?? "",
    },
    {
      id: "kind",
      head: words.kind,
      label: words.kindLabel,
      width: 88,
      cell: (row) => <span className="muted">{strings.items.kinds[row.kind] ?? row.kind}</span>,
      title: (row) => row.kind,
    },
  ];
  return all.filter(({ head }) => head !== "");
}

export const itemColumns = Object.fromEntries(
  PopulationKind.options.map((kind) => [kind, columnsOf<PopulationRow>(kind)]),
) as Readonly<Record<PopulationKind, readonly Column<PopulationRow>[]>>;
