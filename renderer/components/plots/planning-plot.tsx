import "./plots.css";
import type { PlanningPlot as Geometry } from "../../../shared/model/plot-planning.ts";
import { strings } from "../../strings.ts";

const words = strings.plots;
const [width, height] = [460, 190];
const edge = { left: 46, right: 14, top: 12, bottom: 40 };

/** What a lower tolerable rate costs, and the plan at hand. */
export function PlanningPlot({ plot }: { readonly plot: Geometry }) {
  const x = (unit: number) => edge.left + unit * (width - edge.left - edge.right);
  const y = (unit: number) => height - edge.bottom - unit * (height - edge.top - edge.bottom);
  return (
    <figure className="plot">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={words.planning(plot.plan?.label ?? null)}>
        {plot.sizes.map(({ at, label }) => (
          <g key={label}>
            <line x1={x(0)} x2={x(1)} y1={y(at)} y2={y(at)} className="plot-line" />
            <text x={x(0) - 7} y={y(at)} dy="0.34em" textAnchor="end" className="plot-quiet">
              {label}
            </text>
          </g>
        ))}
        {plot.rates.map(({ at, label }) => (
          <text key={label} x={x(at)} y={y(0) + 15} textAnchor="middle" className="plot-quiet">
            {label}
          </text>
        ))}
        <text x={x(0.5)} y={height - 6} textAnchor="middle" className="plot-quiet">
          {words.tolerableRate}
        </text>
        {plot.lines.map((line) => (
          <polyline
            key={`${line[0]?.x}`}
            points={line.map((point) => `${x(point.x)},${y(point.y)}`).join(" ")}
            className="plot-curve"
          />
        ))}
        {plot.plan ? (
          <>
            <line x1={x(plot.plan.x)} x2={x(plot.plan.x)} y1={y(plot.plan.y)} y2={y(0)} className="plot-plan" />
            <circle cx={x(plot.plan.x)} cy={y(plot.plan.y)} r={4.5} className="plot-plan-point" />
            <text
              x={x(plot.plan.x) + (plot.plan.x > 0.7 ? -8 : 8)}
              y={y(plot.plan.y) - 8}
              textAnchor={plot.plan.x > 0.7 ? "end" : "start"}
              className="plot-strong"
            >
              {plot.plan.label}
            </text>
          </>
        ) : null}
      </svg>
    </figure>
  );
}
