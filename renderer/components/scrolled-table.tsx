import type { ReactNode } from "react";

interface ScrolledTableProps {
  /** What it is, for who hears it. */
  readonly label: string;
  /** How it is scrolled: the class of its frame. */
  readonly look: string;
  readonly children: ReactNode;
}

/** A table that is scrolled in a frame of its own, which the keyboard must reach, and which so needs a name. */
export function ScrolledTable({ label, look, children }: ScrolledTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled table must be reachable by keyboard
    <section className={look} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
