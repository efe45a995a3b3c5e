import "./plots.css";
import { plotWeeks, type WeekCount } from "../../../shared/model/plot-weeks.ts";
import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import { formatCount, formatDay } from "../../format.ts";
import { strings } from "../../strings.ts";
import { Fold } from "../fold.tsx";

const words = strings.plots;
const [width, height] = [760, 150];
const edge = { left: 50, right: 6, top: 8, bottom: 40 };

export interface WeekPlotProps {
  readonly weeks: readonly WeekCount[];
  readonly population: PopulationKind;
}

/** Items by week, and below each how many of them were drawn; the same as a table. */
export function WeekPlot({ weeks, population }: WeekPlotProps) {
  const plot = plotWeeks(weeks);
  const all = strings.items[population].all;
  const x = (unit: number) => edge.left + unit * (width - edge.left - edge.right);
  const y = (unit: number) => height - edge.bottom - unit * (height - edge.top - edge.bottom);
  return (
    <figure className="plot">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={words.weeks(all)}>
        {plot.ticks.map(({ at, count }) => (
          <g key={count}>
            <line x1={x(0)} x2={x(1)} y1={y(at)} y2={y(at)} className="plot-line" />
            {count > 0 ? (
              <text x={x(0) - 7} y={y(at)} dy="0.34em" textAnchor="end" className="plot-quiet">
                {formatCount(count)}
              </text>
            ) : null}
          </g>
        ))}
        <text x={x(0) - 7} y={y(0) + 14} textAnchor="end" className="plot-strong">
          {words.drawn}
        </text>
        {plot.bars.map((bar) => (
          <g key={bar.monday}>
            <rect
              x={x(bar.x)}
              y={y(bar.height)}
              width={x(bar.width) - x(0)}
              height={y(0) - y(bar.height)}
              className="plot-bar"
            />
            {bar.sampled > 0 ? (
              <text x={x(bar.x + bar.width / 2)} y={y(0) + 14} textAnchor="middle" className="plot-strong">
                {formatCount(bar.sampled)}
              </text>
            ) : null}
            {bar.isDated ? (
              <text x={x(bar.x)} y={y(0) + 31} className="plot-quiet">
                {formatDay(bar.monday).replace(/ \d{4}$/, "")}
              </text>
            ) : null}
          </g>
        ))}
        <line x1={x(0)} x2={x(1)} y1={y(0)} y2={y(0)} className="plot-base" />
      </svg>
      <Fold summary={words.asTable}>
        <table className="table">
          <thead>
            <tr>
              <th>{words.week}</th>
              <th className="number">{all}</th>
              <th className="number">{words.drawn}</th>
            </tr>
          </thead>
          <tbody>
            {weeks.map(({ monday, count, sampled }) => (
              <tr key={monday}>
                <th scope="row">{formatDay(monday)}</th>
                <td className="number">{formatCount(count)}</td>
                <td className="number">{formatCount(sampled)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Fold>
    </figure>
  );
}
