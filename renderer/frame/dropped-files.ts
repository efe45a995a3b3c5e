import { useEffect, useRef } from "react";

/*
 * Files that are dropped on the window belong to the screen that is shown, where it takes any. The frame knows what is
 * an engagement or a bundle; everything else it hands over here.
 */

let taker: ((paths: readonly string[]) => void) | null = null;

/** Takes dropped files for as long as the component is shown. */
export function useDroppedFiles(take: (paths: readonly string[]) => void): void {
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const own = (paths: readonly string[]): void => latest.current(paths);
    taker = own;
    return () => {
      if (taker === own) taker = null;
    };
  }, []);
}

export function isTakingFiles(): boolean {
  return taker !== null;
}

export function handOver(paths: readonly string[]): void {
  taker?.(paths);
}
