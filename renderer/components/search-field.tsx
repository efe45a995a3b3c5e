import "./fields.css";
import { IconSearch, IconX } from "@tabler/icons-react";
import { Button as AriaButton, SearchField as AriaSearchField, Input } from "react-aria-components";
import { strings } from "../strings.ts";

export interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function SearchField({ label, value, onChange }: SearchFieldProps) {
  return (
    <AriaSearchField className="search" aria-label={label} value={value} onChange={onChange} maxLength={200}>
      <IconSearch size={15} aria-hidden className="search-icon" />
      <Input className="field-input" placeholder={label} />
      <AriaButton className="search-clear" aria-label={strings.common.clear}>
        <IconX size={14} aria-hidden />
      </AriaButton>
    </AriaSearchField>
  );
}
