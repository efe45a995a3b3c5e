import "./fold.css";
import { IconChevronRight } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";

export interface FoldProps {
  readonly summary: ReactNode;
  readonly children: ReactNode;
  readonly isOpen?: boolean;
  /** For what is asked for only when somebody wants to see it: without it, it is there from the start. */
  readonly isLazy?: boolean;
  /** A further class, for a fold that looks its own way. */
  readonly look?: string;
}

/** Something that is shown when it is wanted. */
export function Fold({ summary, children, isOpen = false, isLazy = false, look = "" }: FoldProps) {
  const [wasOpened, setWasOpened] = useState(isOpen);
  return (
    <details
      className={`fold ${look}`}
      open={isOpen}
      onToggle={isLazy ? (event) => event.currentTarget.open && setWasOpened(true) : undefined}
    >
      <summary>
        <IconChevronRight size={15} aria-hidden />
        {summary}
      </summary>
      <div className="fold-content">{isLazy && !wasOpened ? null : children}</div>
    </details>
  );
}
