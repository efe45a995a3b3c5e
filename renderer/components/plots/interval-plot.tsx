import "./plots.css";
import type { IntervalPlot as Geometry, IntervalRow } from "../../../shared/model/plot-interval.ts";

const rowHeight = 24;
const width = 760;
/** Beside the axis: the arrow of what lies beyond it, the number that ends at `value`, and the verdict. */
const beside = { value: 114, verdict: 122, width: 226 };
/** More rows than these are taller than a window: their axis is marked above them too. */
const rowsInSight = 12;

export interface IntervalPlotProps {
  readonly plot: Geometry;
  /** What the picture shows, for who hears it; its rows follow. */
  readonly label: string;
  readonly labelWidth?: number;
}

/** Rates, limits and intervals against what is tolerable. The numbers stand beside it, so that it is read without colour. */
export function IntervalPlot({ plot, label, labelWidth = 84 }: IntervalPlotProps) {
  const isLong = plot.rows.length > rowsInSight;
  const above = 8 + plot.tolerable.length * 14 + (isLong ? 14 : 0);
  const left = labelWidth + 10;
  const axis = width - left - beside.width;
  const bottom = above + plot.rows.length * rowHeight;
  const at = (unit: number) => left + unit * axis;
  const spoken = [label, ...plot.rows.map(({ description }) => description)].join(" ");
  return (
    <figure className="plot">
      <svg viewBox={`0 0 ${width} ${bottom + 22}`} role="img" aria-label={spoken}>
        {plot.ticks.map((tick) => (
          <g key={tick.label}>
            <line x1={at(tick.at)} x2={at(tick.at)} y1={above} y2={bottom} className="plot-line" />
            {(isLong ? [above - 5, bottom + 15] : [bottom + 15]).map((y) => (
              <text key={y} x={at(tick.at)} y={y} textAnchor="middle" className="plot-quiet">
                {tick.label}
              </text>
            ))}
          </g>
        ))}
        {plot.tolerable.map((rate, index) => (
          <text
            key={rate.label}
            x={at(rate.at)}
            y={above - (isLong ? 19 : 5) - index * 14}
            textAnchor={rate.at > 0.8 ? "end" : "start"}
            className="plot-tolerable-text"
          >
            {rate.label}
          </text>
        ))}
        {plot.rows.map((row, index) => (
          <Row key={row.id} row={row} y={above + (index + 0.5) * rowHeight} at={at} labelWidth={labelWidth} />
        ))}
      </svg>
    </figure>
  );
}

interface RowProps {
  readonly row: IntervalRow;
  readonly y: number;
  readonly at: (unit: number) => number;
  readonly labelWidth: number;
}

function Row({ row, y, at, labelWidth }: RowProps) {
  const { rate, upper, interval, tolerable } = row;
  return (
    <g className={`plot-row plot-${row.standing}`}>
      <text x={labelWidth} y={y} dy="0.34em" textAnchor="end">
        {shorten(row.label, labelWidth / 6.4)}
      </text>
      {interval ? (
        <rect
          x={at(interval[0])}
          y={y - 5}
          width={Math.max(1, at(interval[1]) - at(interval[0]))}
          height={10}
          className="plot-interval"
        />
      ) : null}
      {tolerable === null ? null : (
        <line
          x1={at(tolerable)}
          x2={at(tolerable)}
          y1={y - rowHeight / 2}
          y2={y + rowHeight / 2}
          className="plot-tolerable"
        />
      )}
      {rate !== null && upper !== null ? (
        <>
          <line x1={at(rate)} x2={at(upper)} y1={y} y2={y} className="plot-reach" />
          <line x1={at(upper)} x2={at(upper)} y1={y - 6} y2={y + 6} className="plot-reach" />
        </>
      ) : null}
      {row.isCut ? <path d={`M${at(1) + 3} ${y - 5}l7 5l-7 5z`} className="plot-filled" /> : null}
      {rate === null ? null : <Point standing={row.standing} x={at(rate)} y={y} />}
      <text x={at(1) + beside.value} y={y} dy="0.34em" textAnchor="end" className="plot-strong">
        {row.value}
      </text>
      <text x={at(1) + beside.verdict} y={y} dy="0.34em" className="plot-verdict">
        {row.verdict}
      </text>
    </g>
  );
}

/** Filled: supported. Hollow: not. A square is still open, a diamond makes no claim. */
function Point({
  standing,
  x,
  y,
}: {
  readonly standing: IntervalRow["standing"];
  readonly x: number;
  readonly y: number;
}) {
  if (standing === "good") return <circle cx={x} cy={y} r={4.5} className="plot-filled" />;
  if (standing === "bad") return <circle cx={x} cy={y} r={4.5} className="plot-hollow" />;
  if (standing === "doubt") return <rect x={x - 4} y={y - 4} width={8} height={8} className="plot-hollow" />;
  return <path d={`M${x - 5} ${y}L${x} ${y - 5}L${x + 5} ${y}L${x} ${y + 5}z`} className="plot-filled" />;
}

function shorten(text: string, letters: number): string {
  return text.length > letters ? `${text.slice(0, Math.floor(letters) - 1)}…` : text;
}
