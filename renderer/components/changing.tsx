import type { ReactNode } from "react";
import type { BrowsedBundle } from "../../shared/model/view.ts";
import { useProcedure } from "../api.ts";

/** The bundle that is open to be looked at; null for an engagement, and where nothing is open. */
export function useBrowsed(): BrowsedBundle | null {
  const current = useProcedure("engagement.current", {});
  return current.data?.browsed ?? null;
}

/** Whether what is open is a bundle, in which nothing can be changed. */
export function useIsBrowsing(): boolean {
  return useBrowsed() !== null;
}

/** What changes the engagement: it is not there while a bundle is browsed, and the notice above every screen says why. */
export function Changing({ children }: { readonly children: ReactNode }) {
  return useIsBrowsing() ? null : children;
}
