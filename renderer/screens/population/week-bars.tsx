import { type KeyboardEvent, useRef, useState } from "react";
import { plotWeeks, type WeekCount } from "../../../shared/model/plot-weeks.ts";
import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import { formatCount, formatDay } from "../../format.ts";
import { strings } from "../../strings.ts";

const words = strings.population;
const [width, height] = [760, 146];
const edge = { left: 50, right: 6, top: 8, bottom: 34 };

export interface WeekBarsProps {
  readonly weeks: readonly WeekCount[];
  readonly population: PopulationKind;
  readonly selected: string | undefined;
  readonly onSelect: (monday: string | undefined) => void;
}

/** Items by week. A bar chooses its week, and chosen again lets it go; one bar at a time is a tab stop, arrows lead to the others. */
export function WeekBars({ weeks, population, selected, onSelect }: WeekBarsProps) {
  const [active, setActive] = useState(0);
  const bars = useRef<SVGSVGElement>(null);
  const plot = plotWeeks(weeks);
  const x = (unit: number) => edge.left + unit * (width - edge.left - edge.right);
  const y = (unit: number) => height - edge.bottom - unit * (height - edge.top - edge.bottom);

  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const week = weeks[index];
    if (week && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      onSelect(week.monday === selected ? undefined : week.monday);
      return;
    }
    const next = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: weeks.length - 1 }[event.key];
    if (next === undefined || next < 0 || next >= weeks.length) return;
    event.preventDefault();
    setActive(next);
    bars.current?.querySelectorAll<SVGGElement>("[role=button]")[next]?.focus();
  };

  return (
    <figure className="week-bars">
      <figcaption className="muted">{words.byWeek(strings.items[population].all)}</figcaption>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot stand in a drawing */}
      <svg ref={bars} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={words.weeks}>
        {plot.ticks.map(({ at, count }) => (
          <g key={count} aria-hidden>
            <line x1={x(0)} x2={x(1)} y1={y(at)} y2={y(at)} className="bars-line" />
            {count > 0 ? (
              <text x={x(0) - 6} y={y(at)} dy="0.32em" textAnchor="end" className="bars-text">
                {formatCount(count)}
              </text>
            ) : null}
          </g>
        ))}
        <text x={x(0) - 6} y={y(0) + 13} textAnchor="end" className="bars-text" aria-hidden>
          {words.sampledShort}
        </text>
        {plot.bars.map((bar, index) => (
          // biome-ignore lint/a11y/useSemanticElements: a button cannot stand in a drawing
          <g
            key={bar.monday}
            role="button"
            aria-pressed={bar.monday === selected}
            aria-label={words.weekOf(formatDay(bar.monday), bar.count, bar.sampled)}
            tabIndex={index === active ? 0 : -1}
            className="bars-week"
            onClick={() => onSelect(bar.monday === selected ? undefined : bar.monday)}
            onFocus={() => setActive(index)}
            onKeyDown={(event) => onKeyDown(event, index)}
          >
            <title>{words.weekOf(formatDay(bar.monday), bar.count, bar.sampled)}</title>
            <rect
              x={x(bar.x)}
              y={edge.top}
              width={x(bar.width) - x(0)}
              height={y(0) - edge.top}
              className="bars-ground"
            />
            <rect
              x={x(bar.x)}
              y={y(bar.height)}
              width={x(bar.width) - x(0)}
              height={y(0) - y(bar.height)}
              className="bars-bar"
            />
          </g>
        ))}
        {/* Beside the buttons, whose names say the same in words. */}
        {plot.bars.map((bar) => (
          <g key={bar.monday} aria-hidden>
            {bar.sampled > 0 ? (
              <text x={x(bar.x + bar.width / 2)} y={y(0) + 13} textAnchor="middle" className="bars-text bars-sampled">
                {formatCount(bar.sampled)}
              </text>
            ) : null}
            {bar.isDated ? (
              <text x={x(bar.x)} y={height - 5} className="bars-text">
                {formatDay(bar.monday).replace(/ \d{4}$/, "")}
              </text>
            ) : null}
          </g>
        ))}
      </svg>
    </figure>
  );
}
