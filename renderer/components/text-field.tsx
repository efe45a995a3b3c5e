import "./fields.css";
import { useId, useState } from "react";
import { TextField as AriaTextField, FieldError, Input, Label, Text, TextArea } from "react-aria-components";

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
  /** Values to choose from while typing; others can be typed as well. Asked for when the field is gone to: they may be many. */
  readonly suggestions?: () => readonly string[];
}

export function TextField(props: TextFieldProps) {
  const { label, hint, problem, type = "text", lines, placeholder, isMono, suggestions, ...rest } = props;
  const listId = useId();
  const [suggested, setSuggested] = useState<readonly string[] | null>(null);
  const look = isMono ? "field-input mono" : "field-input";
  return (
    <AriaTextField
      {...rest}
      type={type}
      isInvalid={problem !== undefined}
      validationBehavior="aria"
      className="field"
      onFocus={() => suggestions && setSuggested(suggestions())}
    >
      <Label className="field-label">{label}</Label>
      {lines ? (
        <TextArea className={look} rows={lines} placeholder={placeholder ?? ""} />
      ) : (
        <Input className={look} placeholder={placeholder ?? ""} {...(suggestions ? { list: listId } : {})} />
      )}
      {suggestions ? (
        <datalist id={listId}>
          {suggested?.map((suggestion) => (
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
