// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be virtualised
import type { ReactNode } from "react";
import type { GridSort } from "./sort.ts";

/** What a head needs of its column. */
export interface HeadedColumn {
  readonly id: string;
  readonly head: ReactNode;
  readonly label: string;
  readonly align?: "start" | "center" | "end";
  readonly sorts?: boolean;
}

export interface GridHeadProps {
  readonly columns: readonly HeadedColumn[];
  readonly sort: GridSort | null;
  /** The column whose head has the grid's one tab stop, or -1. */
  readonly activeColumn: number;
  readonly onHead: (column: number) => void;
}

/** The columns' names. Those by which rows can be sorted say so, and how they are sorted now. */
export function GridHead({ columns, sort, activeColumn, onHead }: GridHeadProps) {
  return (
    <div className="grid-head grid-line" role="row" aria-rowindex={1} tabIndex={-1}>
      {columns.map((column, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys of all its cells
        <div
          key={column.id}
          role="columnheader"
          aria-colindex={index + 1}
          aria-label={column.label}
          aria-sort={column.sorts ? wayOf(column.id, sort) : undefined}
          title={column.label}
          tabIndex={index === activeColumn ? 0 : -1}
          className={`grid-cell grid-${column.align ?? "start"}`}
          onClick={column.sorts ? () => onHead(index) : undefined}
        >
          {column.head}
          {sort?.column === column.id ? (
            <span className="grid-sorted" aria-hidden>
              {sort.descending ? "↓" : "↑"}
            </span>
          ) : null}
        </div>
      ))}
    </div>
  );
}

function wayOf(column: string, sort: GridSort | null): "ascending" | "descending" | "none" {
  if (sort?.column !== column) return "none";
  return sort.descending ? "descending" : "ascending";
}
