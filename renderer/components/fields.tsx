import "./fields.css";
import { IconChevronDown, IconSearch, IconX } from "@tabler/icons-react";
import { useId } from "react";
import {
  Button as AriaButton,
  SearchField as AriaSearchField,
  TextField as AriaTextField,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
  Text,
  TextArea,
} from "react-aria-components";
import { strings } from "../strings.ts";

interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isRequired?: boolean;
  /** What is wrong with the value; shown and announced. */
  readonly problem?: string | undefined;
}

export interface TextFieldProps extends FieldProps {
  readonly type?: "text" | "password";
  readonly lines?: number;
  readonly placeholder?: string;
  readonly isMono?: boolean;
  /** Values to choose from while typing; others can be typed as well. */
  readonly suggestions?: readonly string[];
}

export function TextField(props: TextFieldProps) {
  const { label, hint, problem, type = "text", lines, placeholder, isMono, suggestions, ...rest } = props;
  const listId = useId();
  const look = isMono ? "field-input mono" : "field-input";
  return (
    <AriaTextField {...rest} type={type} isInvalid={problem !== undefined} validationBehavior="aria" className="field">
      <Label className="field-label">{label}</Label>
      {lines ? (
        <TextArea className={look} rows={lines} placeholder={placeholder ?? ""} />
      ) : (
        <Input className={look} placeholder={placeholder ?? ""} {...(suggestions ? { list: listId } : {})} />
      )}
      {suggestions ? (
        <datalist id={listId}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      ) : null}
      {hint ? (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      ) : null}
      <FieldError className="field-problem">{problem}</FieldError>
    </AriaTextField>
  );
}

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
