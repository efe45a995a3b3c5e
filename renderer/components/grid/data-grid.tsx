// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be virtualised
import "./data-grid.css";
import {
  type CSSProperties,
  type FocusEvent,
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { GridHead } from "./grid-head.tsx";
import { type Column, GridRow } from "./grid-row.tsx";
import { type Cell, cellAfter, headRow } from "./keys.ts";
import { scrollTopShowing, type Viewport, windowOf } from "./scaled-window.ts";
import type { GridSort } from "./sort.ts";
import { useViewport } from "./use-viewport.ts";

export const rowHeight = 29;
/** Rows are placed from one in so many: from the first of a million on, pixels would be too large to be exact. */
const rowsOfBase = 1000;

export interface DataGridProps<Row> {
  readonly label: string;
  /** Must stay the same object as long as the columns do: rows are drawn again when it changes. */
  readonly columns: readonly Column<Row>[];
  readonly rowCount: number;
  /** Undefined while the row is on its way. */
  readonly rowAt: (index: number) => Row | undefined;
  /** Enter, or a click on a row. */
  readonly onOpen?: ((index: number, column: number) => void) | undefined;
  /** Rows that can be seen changed. Must be stable. */
  readonly onSeen?: (first: number, last: number) => void;
  readonly sort?: GridSort | null;
  /** Enter, or a click, on the head of a column that sorts. */
  readonly onSort?: ((column: string) => void) | undefined;
  /** The row that is shown elsewhere, such as in a panel. */
  readonly selected?: number | undefined;
  /** Shown in place of rows when there are none. */
  readonly empty?: ReactNode;
}

/**
 * A grid for long lists and matrices: rows off the screen are not rendered, one cell at a time takes the focus, and a
 * key stroke draws two rows again at most. The row with the focus stays rendered wherever it is, so that focus never
 * falls back to the page.
 */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { label, columns, rowCount, rowAt, onOpen, onSeen, sort = null, onSort, selected, empty } = props;
  const [scroller, { height, scrollTop }, setScrollTop] = useViewport();
  const [active, setActive] = useState<Cell>({ row: 0, column: 0 });
  const wantsFocus = useRef(false);

  const viewport: Viewport = { rowCount, rowHeight, height: Math.max(0, height - rowHeight), scrollTop };
  const seen = windowOf(viewport);
  const activeRow = Math.min(active.row, Math.max(0, rowCount - 1));
  const hasHeads = onSort !== undefined;

  useEffect(() => onSeen?.(seen.firstSeen, seen.lastSeen), [onSeen, seen.firstSeen, seen.lastSeen]);

  const latest = useRef({ viewport, activeRow, active });
  latest.current = { viewport, activeRow, active };

  const goTo = useCallback(
    (cell: Cell, focus: boolean) => {
      const element = scroller.current;
      const wanted =
        cell.row === headRow ? latest.current.viewport.scrollTop : scrollTopShowing(cell.row, latest.current.viewport);
      if (element && wanted !== latest.current.viewport.scrollTop) {
        element.scrollTop = wanted;
        setScrollTop(element.scrollTop);
      }
      wantsFocus.current = focus;
      setActive(cell);
    },
    [scroller, setScrollTop],
  );

  // Another row is shown elsewhere: the grid follows, and goes on from there.
  useEffect(() => {
    if (selected !== undefined && selected >= 0) goTo({ row: selected, column: latest.current.active.column }, false);
  }, [selected, goTo]);

  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    const cell = scroller.current?.querySelector<HTMLElement>(
      '[role="gridcell"][tabindex="0"], [role="columnheader"][tabindex="0"]',
    );
    cell?.focus({ preventScroll: true });
    cell?.scrollIntoView({ block: "nearest", inline: "nearest" });
  });

  const sortBy = (column: number) => {
    const chosen = columns[column];
    if (!onSort || !chosen?.sorts) return;
    onSort(chosen.id);
    // Other rows stand at the top: the first ones are shown.
    if (scroller.current) scroller.current.scrollTop = 0;
    goTo({ row: headRow, column }, true);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const size = { rows: rowCount, columns: columns.length, page: Math.floor(viewport.height / rowHeight), hasHeads };
    const next = cellAfter(event, { row: activeRow, column: active.column }, size);
    if (next) {
      event.preventDefault();
      goTo(next, true);
    } else if (activeRow === headRow && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      sortBy(active.column);
    } else if (event.key === "Enter" && onOpen && rowCount > 0) {
      event.preventDefault();
      onOpen(activeRow, active.column);
    }
  };

  const onCell = useCallback(
    (row: number, column: number) => {
      goTo({ row, column }, true);
      onOpen?.(row, column);
    },
    [goTo, onOpen],
  );

  // The one with the tab stop was scrolled away: coming back by Tab, the grid goes to where it is.
  const onFocus = (event: FocusEvent) => {
    if ((event.target as HTMLElement).tabIndex === 0 && isAside(activeRow)) goTo({ ...active, row: activeRow }, false);
  };

  const style = useMemo(() => trackStyle(columns), [columns]);
  const isAside = (row: number) => row !== headRow && (row < seen.first || row > seen.last);
  const rows = Array.from({ length: Math.max(0, seen.last - seen.first + 1) }, (_, index) => seen.first + index);
  if (rowCount > 0 && isAside(activeRow)) rows.push(activeRow);
  const base = seen.first - (seen.first % rowsOfBase);
  const headColumn = activeRow === headRow ? active.column : -1;

  return (
    <div
      ref={scroller}
      className="grid"
      role="grid"
      aria-label={label}
      aria-rowcount={rowCount + 1}
      aria-colcount={columns.length}
      aria-readonly
      onKeyDown={onKeyDown}
      onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
      onFocus={onFocus}
      style={style}
    >
      <GridHead columns={columns} sort={sort} activeColumn={headColumn} onHead={sortBy} />
      {rowCount === 0 ? (
        <div className="grid-empty" role="row" tabIndex={-1}>
          <div role="gridcell" tabIndex={headColumn === -1 ? 0 : -1}>
            {empty}
          </div>
        </div>
      ) : null}
      <div className="grid-track" style={{ height: seen.trackHeight }}>
        {/* Moved as one, so that a row that stays in view is not drawn again while it is scrolled. */}
        <div
          className="grid-rows"
          role="rowgroup"
          style={{ transform: `translateY(${seen.origin + base * rowHeight}px)` }}
        >
          {rows.map((index) => (
            <GridRow
              key={index}
              index={index}
              row={rowAt(index)}
              top={isAside(index) ? 0 : (index - base) * rowHeight}
              columns={columns}
              activeColumn={index === activeRow ? active.column : -1}
              isSelected={index === selected}
              isAside={isAside(index)}
              onCell={onCell}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

function trackStyle<Row>(columns: readonly Column<Row>[]): CSSProperties {
  const tracks = columns.map(({ width, grows }) => (grows ? `minmax(${width}px, ${grows}fr)` : `${width}px`));
  const least = columns.reduce((sum, { width }) => sum + width, 0);
  return { "--columns": tracks.join(" "), "--least": `${least}px` } as CSSProperties;
}
