import { ItemOrder } from "../../../shared/model/item-order.ts";
import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import type { PopulationRow } from "../../../shared/model/view.ts";
import { procedureQuery } from "../../api.ts";
import type { GridSort } from "../../components/grid/sort.ts";
import { type Pages, usePages } from "../../components/grid/use-pages.ts";

export interface ItemFilter {
  readonly population: PopulationKind;
  readonly search: string;
  readonly monday: string | undefined;
  readonly sort: GridSort | null;
}

/** Rows of a population. */
export function useItemPages({ population, search, monday, sort }: ItemFilter): Pages<PopulationRow> {
  const column = ItemOrder.safeParse(sort?.column).data;
  const order = column ? { sort: column, descending: sort?.descending ?? false } : {};
  return usePages((range) =>
    procedureQuery("population.items", { population, search, ...range, ...(monday ? { monday } : {}), ...order }),
  );
}
