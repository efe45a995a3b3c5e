import { SelectField, TextField, type TextFieldProps } from "../../components/fields.tsx";
import { strings } from "../../strings.ts";

const words = strings.sources.secret;
const places = [
  { id: "environment", label: words.environment },
  { id: "file", label: words.file },
] as const;
type Place = (typeof places)[number]["id"];

/** Where a token is kept. The token itself never comes into this window. */
export function SecretField({ label, value, onChange, ...rest }: TextFieldProps) {
  const place: Place = value.startsWith("file:") ? "file" : "environment";
  const name = value.slice(value.indexOf(":") + 1);
  return (
    <div className="form-pair">
      <SelectField label={label} value={place} choices={places} onChange={(next) => onChange(`${next}:${name}`)} />
      <TextField
        {...rest}
        label={place === "file" ? words.filePath : words.variable}
        value={name}
        onChange={(next) => onChange(`${place}:${next}`)}
        isMono
      />
    </div>
  );
}
