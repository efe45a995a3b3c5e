import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import type { CatalogCheck } from "../../../shared/model/catalog-check.ts";
import { type CallFault, procedureQuery } from "../../api.ts";

export interface CheckState {
  /** The newest that was found; while the text is being checked, that of the text before. */
  readonly found: CatalogCheck | undefined;
  readonly fault: CallFault | null;
  readonly isChecking: boolean;
  /** The text as it stands was checked, and nothing is wrong with it. */
  readonly isSound: boolean;
  /** Lines with a mistake. */
  readonly lines: ReadonlySet<number>;
}

/** Longer than the pause between two letters, shorter than a look at the list. */
const pauseMs = 350;

/** What is wrong with a catalog's text, as the engine says, a moment after it was last changed. */
export function useCatalogCheck(text: string): CheckState {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  const check = useQuery({
    ...procedureQuery("catalog.check", { text: settled }),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const lines = useMemo(
    () => new Set(check.data?.mistakes.flatMap(({ place }) => (place ? [place.line] : []))),
    [check.data],
  );
  const isChecking = settled !== text || check.isFetching;
  return {
    found: check.data,
    fault: check.error,
    isChecking,
    isSound: !isChecking && !check.error && check.data?.total === 0,
    lines,
  };
}
