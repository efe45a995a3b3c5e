// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be virtualised
import { memo, type ReactNode } from "react";
import { strings } from "../../strings.ts";

export interface Column<Row> {
  readonly id: string;
  readonly head: ReactNode;
  /** The heading in full, for the title and for those who hear it. */
  readonly label: string;
  /** Least width in px. */
  readonly width: number;
  /** Takes its share of the width that is left. */
  readonly grows?: number;
  readonly align?: "start" | "center" | "end";
  /** Its head sorts the rows. */
  readonly sorts?: boolean;
  readonly cell: (row: Row) => ReactNode;
  /** Text of the cell where it may be cut off. */
  readonly title?: (row: Row) => string;
}

export interface GridRowProps<Row> {
  readonly index: number;
  readonly row: Row | undefined;
  readonly top: number;
  readonly columns: readonly Column<Row>[];
  /** The column that has the grid's one tab stop, or -1. */
  readonly activeColumn: number;
  readonly isSelected: boolean;
  /** Kept only because it has the tab stop: its place is not on the screen. */
  readonly isAside: boolean;
  readonly onCell: (row: number, column: number) => void;
}

function Line<Row>({ index, row, top, columns, activeColumn, isSelected, isAside, onCell }: GridRowProps<Row>) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: cells take the focus, not rows
    <div
      role="row"
      className={isAside ? "grid-line grid-row grid-row-aside" : "grid-line grid-row"}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      aria-busy={row === undefined}
      style={{ transform: `translateY(${top}px)` }}
    >
      {columns.map((column, at) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys of all its cells
        <div
          key={column.id}
          role="gridcell"
          aria-colindex={at + 1}
          tabIndex={at === activeColumn ? 0 : -1}
          className={`grid-cell grid-${column.align ?? "start"}`}
          title={row && column.title?.(row)}
          onClick={() => onCell(index, at)}
        >
          {row === undefined ? at === 0 && strings.common.loadingRow : column.cell(row)}
        </div>
      ))}
    </div>
  );
}

/** Drawn again only when its own row, place or state changed. */
export const GridRow = memo(Line) as typeof Line;
