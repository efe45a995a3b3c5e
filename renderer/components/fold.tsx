import "./fold.css";
import { IconChevronRight } from "@tabler/icons-react";
import type { ReactNode } from "react";

export interface FoldProps {
  readonly summary: ReactNode;
  readonly children: ReactNode;
  readonly isOpen?: boolean;
  /** A further class, for a fold that looks its own way. */
  readonly look?: string;
}

/** Something that is shown when it is wanted. */
export function Fold({ summary, children, isOpen = false, look = "" }: FoldProps) {
  return (
    <details className={`fold ${look}`} open={isOpen}>
      <summary>
        <IconChevronRight size={15} aria-hidden />
        {summary}
      </summary>
      <div className="fold-content">{children}</div>
    </details>
  );
}
