import "./segments.css";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import type { Choice } from "./select-field.tsx";

export interface SegmentsProps<K extends string> {
  readonly label: string;
  readonly value: K;
  readonly choices: readonly Choice<K>[];
  readonly onChange: (value: K) => void;
}

/** One of a few, all in view. */
export function Segments<K extends string>({ label, value, choices, onChange }: SegmentsProps<K>) {
  const choose = (keys: Set<string | number>) => {
    const chosen = choices.find((choice) => keys.has(choice.id));
    if (chosen) onChange(chosen.id);
  };
  return (
    <ToggleButtonGroup
      className="segments"
      aria-label={label}
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={choose}
    >
      {choices.map((choice) => (
        <ToggleButton key={choice.id} id={choice.id} className="segment">
          {choice.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
