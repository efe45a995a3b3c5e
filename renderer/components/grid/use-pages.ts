import { useQueries } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import type { CallFault } from "../../api.ts";
import { pageSize, pagesOf } from "./pages.ts";

export interface Pages<Row> {
  /** Null until the first page is there. */
  readonly total: number | null;
  readonly rowAt: (index: number) => Row | undefined;
  readonly onSeen: (first: number, last: number) => void;
  readonly fault: CallFault | null;
  readonly retry: () => void;
}

interface PageQuery<Row> {
  readonly queryKey: readonly unknown[];
  readonly queryFn: () => Promise<{ readonly total: number; readonly rows: readonly Row[] }>;
}

/** For how long a page that was scrolled away is kept: there may be thousands of them. */
const keptMs = 5_000;

/**
 * Rows that the engine has, fetched in pages as they come into view. What was there stays until the first page of another
 * question is, so that a grid keeps its focus.
 */
export function usePages<Row>(queryOf: (range: { offset: number; limit: number }) => PageQuery<Row>): Pages<Row> {
  const [seen, setSeen] = useState<readonly number[]>([0]);
  // Most steps of a scroll stay on the pages that are there, and change nothing here.
  const onSeen = useCallback((first: number, last: number) => {
    const pages = pagesOf(first, last);
    setSeen((before) => (String(before) === String(pages) ? before : pages));
  }, []);
  const wanted = [...new Set([0, ...seen])];
  const answers = useQueries({
    queries: wanted.map((page) => ({ ...queryOf({ offset: page * pageSize, limit: pageSize }), gcTime: keptMs })),
  });
  const failed = answers.find((answer) => answer.isError);
  const first = answers[0]?.data;
  const own: Pick<Pages<Row>, "total" | "rowAt"> = {
    total: first?.total ?? null,
    rowAt: (index) => answers[wanted.indexOf(Math.floor(index / pageSize))]?.data?.rows[index % pageSize],
  };
  const held = useRef(own);
  if (first !== undefined) held.current = own;
  return {
    ...held.current,
    onSeen,
    fault: (failed?.error ?? null) as CallFault | null,
    retry: () => void failed?.refetch(),
  };
}
