import { useQueries } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import type { ItemRow } from "../../../shared/model/view.ts";
import { type CallFault, procedureQuery } from "../../api.ts";
import { pageSize, pagesOf } from "../../components/grid/pages.ts";

export interface ItemFilter {
  readonly population: PopulationKind;
  readonly search: string;
  readonly monday: string | undefined;
}

export interface ItemPages {
  /** Null until the first page is there. */
  readonly total: number | null;
  readonly rowAt: (index: number) => ItemRow | undefined;
  readonly onSeen: (first: number, last: number) => void;
  readonly fault: CallFault | null;
  readonly retry: () => void;
}

/** Rows of a population, fetched in pages as they come into view. Mount it anew (by key) for another filter. */
export function useItemPages({ population, search, monday }: ItemFilter): ItemPages {
  const [seen, setSeen] = useState({ first: 0, last: 0 });
  const onSeen = useCallback((first: number, last: number) => setSeen({ first, last }), []);
  const wanted = [...new Set([0, ...pagesOf(seen.first, seen.last)])];
  const answers = useQueries({
    queries: wanted.map((page) => {
      const range = { offset: page * pageSize, limit: pageSize };
      return procedureQuery("population.items", { population, search, ...range, ...(monday ? { monday } : {}) });
    }),
  });
  const failed = answers.find((answer) => answer.isError);
  return {
    total: answers[0]?.data?.total ?? null,
    rowAt: (index) => answers[wanted.indexOf(Math.floor(index / pageSize))]?.data?.rows[index % pageSize],
    onSeen,
    fault: (failed?.error ?? null) as CallFault | null,
    retry: () => void failed?.refetch(),
  };
}
