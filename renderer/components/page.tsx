import "./page.css";
import type { ReactNode } from "react";
import { useEffect } from "react";
import { SignOffMarks } from "./sign-off-marks.tsx";

export interface PageProps {
  readonly title: string;
  /** Workpaper reference. */
  readonly reference?: string;
  readonly subtitle?: ReactNode;
  readonly actions?: ReactNode;
  /** A second line of the header: filters and the like. */
  readonly tools?: ReactNode;
  /** `fill`: the content takes the whole height and scrolls by itself, as grids do. */
  readonly layout?: "scroll" | "fill";
  readonly children: ReactNode;
}

export function Page({ title, reference, subtitle, actions, tools, layout = "scroll", children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Tickmark`;
  }, [title]);
  return (
    <div className={`page page-${layout}`}>
      <header className="page-header">
        <div className="page-heading">
          <h1>{title}</h1>
          {reference ? <span className="page-reference">{reference}</span> : null}
          {subtitle ? <p className="page-subtitle">{subtitle}</p> : null}
          {reference ? <SignOffMarks /> : null}
          {actions ? <div className="page-actions">{actions}</div> : null}
        </div>
        {tools ? <div className="page-tools">{tools}</div> : null}
      </header>
      {layout === "scroll" ? <div className="page-body">{children}</div> : children}
    </div>
  );
}

export interface CardProps {
  readonly title: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** The content brings its own edges, as tables do. */
  readonly isFlush?: boolean;
}

export function Card({ title, actions, children, isFlush = false }: CardProps) {
  return (
    <section className="card">
      <header className="card-header">
        <h2>{title}</h2>
        {actions ? <div className="card-actions">{actions}</div> : null}
      </header>
      <div className={isFlush ? "card-flush" : "card-body"}>{children}</div>
    </section>
  );
}

export interface TermsProps {
  readonly entries: readonly (readonly [term: string, value: ReactNode] | null)[];
}

/** Names and values under each other. Entries that are null are left out. */
export function Terms({ entries }: TermsProps) {
  return (
    <dl className="terms">
      {entries.map((entry) =>
        entry ? (
          <div key={entry[0]} className="terms-entry">
            <dt>{entry[0]}</dt>
            <dd>{entry[1]}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}
