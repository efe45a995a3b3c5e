import { PopulationKind } from "../../../shared/model/population-kind.ts";
import type { PopulationView } from "../../../shared/model/view.ts";
import { Segments } from "../../components/segments.tsx";
import { type Choice, SelectField } from "../../components/select-field.tsx";
import { strings } from "../../strings.ts";

/** As many as stand side by side in the narrowest window. */
const mostSegments = 4;

export interface PopulationPickerProps<K extends string> {
  readonly label: string;
  readonly value: K;
  readonly choices: readonly Choice<K>[];
  readonly onChange: (value: K) => void;
}

/** The populations that have items: a few side by side, more of them in a list. */
export function PopulationPicker<K extends string>({ label, value, choices, onChange }: PopulationPickerProps<K>) {
  return choices.length <= mostSegments ? (
    <Segments label={label} value={value} choices={choices} onChange={onChange} />
  ) : (
    <SelectField label={label} value={value} choices={choices} onChange={onChange} />
  );
}

/** Changes and deployments always, and every other population that has items. */
export function populationChoices(frozen: PopulationView): readonly Choice<PopulationKind>[] {
  const filled = new Set(frozen.freezes.filter(({ size }) => size > 0).map(({ population }) => population));
  return PopulationKind.options
    .filter((kind) => kind === "change" || kind === "deployment" || filled.has(kind))
    .map((kind) => ({ id: kind, label: strings.items[kind].all }));
}
