import { useMemo } from "react";
import type { Draw } from "../../../shared/model/sample.ts";
import type { DrawnRow } from "../../../shared/model/view.ts";
import { procedureQuery } from "../../api.ts";
import { DataGrid } from "../../components/grid/data-grid.tsx";
import type { Column } from "../../components/grid/grid-row.tsx";
import { usePages } from "../../components/grid/use-pages.ts";
import { FaultNotice, Loading } from "../../components/states.tsx";
import { formatCount } from "../../format.ts";
import { strings } from "../../strings.ts";
import { itemColumns } from "../population/item-columns.tsx";

const words = strings.sample;

const place: Column<DrawnRow> = {
  id: "place",
  head: words.place,
  label: words.placeLabel,
  width: 68,
  align: "end",
  cell: (row) => <span className="muted">{formatCount(row.place)}</span>,
};
const reason: Column<DrawnRow> = {
  id: "reason",
  head: words.namedReason,
  label: words.namedReason,
  width: 140,
  grows: 2,
  cell: (row) => row.reason,
  title: (row) => row.reason,
};

/** Every item of a draw in its order, however many they are. */
export function DrawnItems({ draw: { id, population, size, reasons } }: { readonly draw: Draw }) {
  const pages = usePages<DrawnRow>((range) => procedureQuery("sample.items", { drawId: id, ...range }));
  const isNamed = reasons.length > 0;
  const columns = useMemo(
    () => [
      place,
      ...(itemColumns[population] as readonly Column<DrawnRow>[]).filter((column) => column.id !== "kind"),
      ...(isNamed ? [reason] : []),
    ],
    [population, isNamed],
  );
  if (pages.fault) return <FaultNotice fault={pages.fault} onRetry={pages.retry} />;
  if (pages.total === null) return <Loading what={words.loadingItems} />;
  return (
    <div className="drawn-grid">
      <DataGrid
        label={words.items(formatCount(size))}
        columns={columns}
        rowCount={pages.total}
        rowAt={pages.rowAt}
        onSeen={pages.onSeen}
      />
    </div>
  );
}
