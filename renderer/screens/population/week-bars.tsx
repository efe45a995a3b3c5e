import { scaleBand, scaleLinear } from "@visx/scale";
import { type KeyboardEvent, useRef, useState } from "react";
import type { PopulationKind } from "../../../shared/model/sample.ts";
import type { PopulationView } from "../../../shared/model/view.ts";
import { formatCount, formatDay } from "../../format.ts";
import { strings } from "../../strings.ts";

const words = strings.population;
const [width, height] = [760, 132];
const edge = { left: 44, right: 6, top: 8, bottom: 20 };

export interface WeekBarsProps {
  readonly weeks: PopulationView["weeks"];
  readonly population: PopulationKind;
  readonly selected: string | undefined;
  readonly onSelect: (monday: string | undefined) => void;
}

/** Items by week. A bar chooses its week, and chosen again lets it go; one bar at a time is a tab stop, arrows lead to the others. */
export function WeekBars({ weeks, population, selected, onSelect }: WeekBarsProps) {
  const [active, setActive] = useState(0);
  const bars = useRef<SVGSVGElement>(null);
  const countIn = (week: PopulationView["weeks"][number]) =>
    population === "change" ? week.changes : week.deployments;
  const x = scaleBand({
    domain: weeks.map((week) => week.monday),
    range: [edge.left, width - edge.right],
    padding: 0.18,
  });
  const most = Math.max(1, ...weeks.map(countIn));
  const y = scaleLinear({ domain: [0, most], range: [height - edge.bottom, edge.top], nice: true });
  const every = Math.ceil(weeks.length / 10);

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
        {y
          .ticks(3)
          .filter(Number.isInteger)
          .map((tick) => (
            <g key={tick} aria-hidden>
              <line x1={edge.left} x2={width - edge.right} y1={y(tick)} y2={y(tick)} className="bars-line" />
              <text x={edge.left - 6} y={y(tick)} dy="0.32em" textAnchor="end" className="bars-text">
                {formatCount(tick)}
              </text>
            </g>
          ))}
        {weeks.map((week, index) => (
          // biome-ignore lint/a11y/useSemanticElements: a button cannot stand in a drawing
          <g
            key={week.monday}
            role="button"
            aria-pressed={week.monday === selected}
            aria-label={words.weekOf(formatDay(week.monday), countIn(week))}
            tabIndex={index === active ? 0 : -1}
            className="bars-week"
            onClick={() => onSelect(week.monday === selected ? undefined : week.monday)}
            onFocus={() => setActive(index)}
            onKeyDown={(event) => onKeyDown(event, index)}
          >
            <title>{words.weekOf(formatDay(week.monday), countIn(week))}</title>
            <rect
              x={x(week.monday)}
              y={edge.top}
              width={x.bandwidth()}
              height={height - edge.bottom - edge.top}
              className="bars-ground"
            />
            <rect
              x={x(week.monday)}
              y={y(countIn(week))}
              width={x.bandwidth()}
              height={height - edge.bottom - y(countIn(week))}
              className="bars-bar"
            />
            {index % every === 0 ? (
              <text
                x={(x(week.monday) ?? 0) + x.bandwidth() / 2}
                y={height - 6}
                textAnchor="middle"
                className="bars-text"
              >
                {formatDay(week.monday).replace(/ \d{4}$/, "")}
              </text>
            ) : null}
          </g>
        ))}
      </svg>
    </figure>
  );
}
