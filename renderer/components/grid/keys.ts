/** The columns' heads stand above the first row. */
export const headRow = -1;

export interface Cell {
  /** From 0, or `headRow`. */
  readonly row: number;
  readonly column: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows that fit on the screen, for Page Up and Page Down. */
  readonly page: number;
  /** Whether the heads are places to go to: where they do something. */
  readonly hasHeads: boolean;
}

export interface Stroke {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Where a key leads from a cell, as in the grid pattern of the ARIA Authoring Practices; null for keys that are not the grid's. */
export function cellAfter(stroke: Stroke, from: Cell, size: GridSize): Cell | null {
  if (stroke.altKey || size.rows === 0) return null;
  const toEdge = stroke.ctrlKey || stroke.metaKey;
  const moved = toEdge ? edgeAfter(stroke.key, from, size) : stepAfter(stroke.key, from, size);
  if (!moved) return null;
  const top = size.hasHeads ? headRow : 0;
  return { row: clamp(moved.row, top, size.rows), column: clamp(moved.column, 0, size.columns) };
}

function stepAfter(key: string, { row, column }: Cell, { columns, page }: GridSize): Cell | null {
  switch (key) {
    case "ArrowDown":
      return { row: row + 1, column };
    case "ArrowUp":
      return { row: row - 1, column };
    case "ArrowRight":
      return { row, column: column + 1 };
    case "ArrowLeft":
      return { row, column: column - 1 };
    case "PageDown":
      return { row: row + Math.max(1, page - 1), column };
    case "PageUp":
      // Not from the rows to their heads.
      return { row: Math.max(Math.min(row, 0), row - Math.max(1, page - 1)), column };
    case "Home":
      return { row, column: 0 };
    case "End":
      return { row, column: columns - 1 };
    default:
      return null;
  }
}

function edgeAfter(key: string, { column }: Cell, { rows, columns }: GridSize): Cell | null {
  switch (key) {
    case "Home":
      return { row: 0, column: 0 };
    case "End":
      return { row: rows - 1, column: columns - 1 };
    case "ArrowDown":
      return { row: rows - 1, column };
    case "ArrowUp":
      return { row: 0, column };
    default:
      return null;
  }
}

function clamp(value: number, least: number, count: number): number {
  return Math.min(Math.max(least, value), count - 1);
}
