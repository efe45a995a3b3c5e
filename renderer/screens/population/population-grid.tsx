import { DataGrid } from "../../components/grid/data-grid.tsx";
import { FaultNotice, Loading } from "../../components/states.tsx";
import { formatCount } from "../../format.ts";
import { strings } from "../../strings.ts";
import { itemColumns } from "./item-columns.tsx";
import { type ItemFilter, useItemPages } from "./use-item-pages.ts";

const words = strings.population;

export interface PopulationGridProps {
  readonly filter: ItemFilter;
  readonly onSort: (column: string) => void;
}

/** The items that a filter leaves. Mount it anew for another filter, so that it begins at the top. */
export function PopulationGrid({ filter, onSort }: PopulationGridProps) {
  const pages = useItemPages(filter);
  if (pages.fault) return <FaultNotice fault={pages.fault} onRetry={pages.retry} />;
  if (pages.total === null) return <Loading what={words.loadingItems} />;
  const isFiltered = filter.search !== "" || filter.monday !== undefined;
  return (
    <>
      <DataGrid
        label={strings.items[filter.population].all}
        columns={itemColumns[filter.population]}
        rowCount={pages.total}
        rowAt={pages.rowAt}
        onSeen={pages.onSeen}
        sort={filter.sort}
        onSort={onSort}
        empty={isFiltered ? words.noneFound : words.noneAtAll}
      />
      <p className="grid-foot" role="status">
        {isFiltered ? words.found(formatCount(pages.total)) : words.all(formatCount(pages.total))}
      </p>
    </>
  );
}
