import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import type { ItemRow } from "../../../shared/model/view.ts";
import { procedureQuery } from "../../api.ts";
import { type Pages, usePages } from "../../components/grid/use-pages.ts";

export interface ItemFilter {
  readonly population: PopulationKind;
  readonly search: string;
  readonly monday: string | undefined;
}

/** Rows of a population. */
export function useItemPages({ population, search, monday }: ItemFilter): Pages<ItemRow> {
  return usePages((range) =>
    procedureQuery("population.items", { population, search, ...range, ...(monday ? { monday } : {}) }),
  );
}
