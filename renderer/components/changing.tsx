import type { ReactNode } from "react";
import { useProcedure } from "../api.ts";

/** Whether what is open is a bundle, in which nothing can be changed. */
export function useIsBrowsing(): boolean {
  const current = useProcedure("engagement.current", {});
  return current.data?.browsed !== undefined;
}

/** What changes the engagement: it is not there while a bundle is browsed, and the notice above every screen says why. */
export function Changing({ children }: { readonly children: ReactNode }) {
  return useIsBrowsing() ? null : children;
}
