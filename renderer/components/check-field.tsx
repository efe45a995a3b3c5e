import "./check-field.css";
import { IconCheck } from "@tabler/icons-react";
import { useId } from "react";
import { Checkbox } from "react-aria-components";

export interface CheckFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
}

/** Something that is so or not. */
export function CheckField({ label, hint, isChecked, onChange }: CheckFieldProps) {
  const hintId = useId();
  return (
    <div className="check-field">
      <Checkbox
        className="check-choice"
        isSelected={isChecked}
        onChange={onChange}
        {...(hint ? { "aria-describedby": hintId } : {})}
      >
        <span className="check-box">
          <IconCheck size={13} stroke={3} aria-hidden />
        </span>
        {label}
      </Checkbox>
      {hint ? (
        <p id={hintId} className="field-hint">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
