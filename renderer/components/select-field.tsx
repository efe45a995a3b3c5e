import "./fields.css";
import { IconChevronDown } from "@tabler/icons-react";
import {
  Button as AriaButton,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
  Text,
} from "react-aria-components";

export interface Choice<K extends string> {
  readonly id: K;
  readonly label: string;
}

export interface SelectFieldProps<K extends string> {
  readonly label: string;
  readonly hint?: string;
  readonly value: K;
  readonly choices: readonly Choice<K>[];
  readonly onChange: (value: K) => void;
}

export function SelectField<K extends string>({ label, hint, value, choices, onChange }: SelectFieldProps<K>) {
  return (
    <Select className="field" value={value} onChange={(key) => onChange(key as K)}>
      <Label className="field-label">{label}</Label>
      <AriaButton className="field-input field-select">
        <SelectValue />
        <IconChevronDown size={15} aria-hidden />
      </AriaButton>
      {hint ? (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      ) : null}
      <Popover className="popover" offset={4}>
        <ListBox className="list-box" items={choices}>
          {(choice) => (
            <ListBoxItem className="list-box-item" id={choice.id}>
              {choice.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
