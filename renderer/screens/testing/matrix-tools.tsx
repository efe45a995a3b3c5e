import { useEffect, useState } from "react";
import type { Conclusion } from "../../../shared/model/conclusion.ts";
import { Outcome } from "../../../shared/model/result.ts";
import { SearchField } from "../../components/search-field.tsx";
import { Segments } from "../../components/segments.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { strings } from "../../strings.ts";
import { anyControl, anyOutcome, type MatrixFilter, type Show, worstFirst } from "./matrix-query.ts";

const words = strings.testing;
const shows: readonly { readonly id: Show; readonly label: string }[] = [
  { id: "all", label: words.all },
  { id: "deviations", label: words.deviations },
];
const asDrawn = "as-drawn";
/** The other orders are the columns'. */
const orders = [
  { id: asDrawn, label: words.asDrawn },
  { id: worstFirst.column, label: words.worstFirst },
];
const outcomes = [
  { id: anyOutcome, label: words.anyOutcome },
  ...Outcome.options.map((outcome) => ({ id: outcome as string, label: strings.outcomes[outcome] })),
];

export interface MatrixToolsProps {
  readonly filter: MatrixFilter;
  readonly summaries: readonly Conclusion[];
  readonly onChange: (change: Partial<MatrixFilter>) => void;
}

/** What rows are shown, and in what order. The engine is asked when typing pauses, not at every letter. */
export function MatrixTools({ filter, summaries, onChange }: MatrixToolsProps) {
  const [typed, setTyped] = useState(filter.text);
  useEffect(() => {
    if (typed === filter.text) return;
    const timer = setTimeout(() => onChange({ text: typed }), 250);
    return () => clearTimeout(timer);
  });
  const controls = [
    { id: anyControl, label: words.anyControl },
    ...summaries.map(({ control }) => ({ id: control, label: control })),
  ];
  return (
    <>
      <SearchField label={words.filter} value={typed} onChange={setTyped} />
      <Segments label={words.show} value={filter.show} choices={shows} onChange={(show) => onChange({ show })} />
      <Segments
        label={words.order}
        value={filter.sort?.column ?? asDrawn}
        choices={orders}
        onChange={(order) => onChange({ sort: order === asDrawn ? null : worstFirst })}
      />
      <SelectField
        label={words.control}
        value={filter.control}
        choices={controls}
        onChange={(control) => onChange(control === anyControl ? { control, outcome: anyOutcome } : { control })}
      />
      {filter.control === anyControl ? null : (
        <SelectField
          label={words.outcome}
          value={filter.outcome}
          choices={outcomes}
          onChange={(outcome) => onChange({ outcome })}
        />
      )}
    </>
  );
}
