import type { CatalogMistake } from "../../../shared/model/catalog-check.ts";
import { FaultNotice } from "../../components/states.tsx";
import { formatCount } from "../../format.ts";
import { strings } from "../../strings.ts";
import type { CheckState } from "./use-catalog-check.ts";

const words = strings.catalog.edit;

export interface MistakeListProps {
  readonly check: CheckState;
  readonly onChoose: (place: NonNullable<CatalogMistake["place"]>) => void;
}

/** What is wrong with the text; choosing a mistake leads to its place. */
export function MistakeList({ check: { found, fault, isChecking }, onChoose }: MistakeListProps) {
  const { mistakes, total } = found ?? { mistakes: [], total: 0 };
  return (
    <section className="catalog-mistakes" aria-label={words.mistakes}>
      <h3>{words.mistakes}</h3>
      <p className="muted" role="status">
        {isChecking ? words.checking : fault ? "" : total === 0 ? words.sound : words.count(total)}
      </p>
      {fault && !isChecking ? <FaultNotice fault={fault} /> : null}
      {fault ? null : (
        <ol>
          {mistakes.map(({ place, message }) => (
            <li key={`${place?.line} ${place?.column} ${message}`}>
              {place ? (
                <button type="button" className="catalog-mistake" onClick={() => onChoose(place)}>
                  <span className="mono bad">{words.place(place.line, place.column)}</span>
                  <span className="break">{message}</span>
                </button>
              ) : (
                <p className="break">{message}</p>
              )}
            </li>
          ))}
        </ol>
      )}
      {mistakes.length < total ? <p className="muted">{words.more(formatCount(total - mistakes.length))}</p> : null}
    </section>
  );
}
