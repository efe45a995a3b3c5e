import "./values.css";
import type { ReactNode } from "react";
import type { Instant } from "../../shared/model/instant.ts";
import { formatInstant, shortHash } from "../format.ts";
import { CopyButton } from "./copy-button.tsx";

export function Moment({ at }: { readonly at: Instant }) {
  return (
    <time dateTime={at} className="moment">
      {formatInstant(at)}
    </time>
  );
}

export interface HashProps {
  readonly hash: string;
  /** What it is the hash of. */
  readonly what: string;
  /** Whole, for comparing; else short with the whole one in the title. */
  readonly isWhole?: boolean;
}

export function Hash({ hash, what, isWhole = false }: HashProps) {
  return (
    <span className="hash">
      <code title={hash} className={isWhole ? "break" : undefined}>
        {isWhole ? hash : shortHash(hash)}
      </code>
      <CopyButton what={what} text={hash} />
    </span>
  );
}

export function Tag({ children, look = "plain" }: { readonly children: ReactNode; readonly look?: "plain" | "doubt" }) {
  return <span className={`tag tag-${look}`}>{children}</span>;
}

export interface MeterProps {
  readonly label: string;
  readonly done: number;
  /** Null where nobody has said how much there is. */
  readonly total: number | null;
}

export function Progress({ label, done, total }: MeterProps) {
  const share = total ? Math.min(1, done / total) : null;
  return <progress className="progress" aria-label={label} {...(share === null ? {} : { value: share, max: 1 })} />;
}
