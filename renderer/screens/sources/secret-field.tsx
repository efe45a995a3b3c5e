import { IconKey } from "@tabler/icons-react";
import { useState } from "react";
import { useProcedure } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { TextField, type TextFieldProps } from "../../components/text-field.tsx";
import { strings } from "../../strings.ts";
import { TokenForm } from "./token-form.tsx";

const words = strings.sources.secret;
const tokenWords = strings.sources.tokens;
const places = [
  { id: "keychain", label: words.keychain },
  { id: "environment", label: words.environment },
  { id: "file", label: words.file },
] as const;
type Place = (typeof places)[number]["id"];

/** Where a token is kept. The field's value names the place; the token itself is in no form of a source. */
export function SecretField({ label, value, onChange, ...rest }: TextFieldProps) {
  const place: Place = places.find(({ id }) => value.startsWith(`${id}:`))?.id ?? "keychain";
  const name = value.slice(value.indexOf(":") + 1);
  const change = (next: string) => onChange(`${place}:${next}`);
  return (
    <div className="form-pair">
      <SelectField label={label} value={place} choices={places} onChange={(next) => onChange(`${next}:`)} />
      {place === "keychain" ? (
        <KeptTokenField name={name} onChange={change} problem={rest.problem} />
      ) : (
        <TextField
          {...rest}
          label={place === "file" ? words.filePath : words.variable}
          value={name}
          onChange={change}
          isMono
        />
      )}
    </div>
  );
}

interface KeptTokenFieldProps {
  readonly name: string;
  readonly onChange: (name: string) => void;
  readonly problem: string | undefined;
}

/** One of the tokens that are kept, or a new one. */
function KeptTokenField({ name, onChange, problem }: KeptTokenFieldProps) {
  const [isKeeping, setKeeping] = useState(false);
  const kept = useProcedure("token.list", {});
  const names = kept.data?.tokens.map((token) => token.name) ?? [];
  const choices = [
    ...(names.includes(name) ? [] : [{ id: name, label: name === "" ? tokenWords.choose : name }]),
    ...names.map((each) => ({ id: each, label: each })),
  ];
  return (
    <div className="kept-token">
      <SelectField
        label={tokenWords.kept}
        value={name}
        choices={choices}
        onChange={onChange}
        {...(names.length === 0 && kept.data ? { hint: tokenWords.none } : {})}
      />
      <Button icon={<IconKey size={15} aria-hidden />} onPress={() => setKeeping(true)}>
        {tokenWords.add}
      </Button>
      {problem ? (
        <span className="field-problem" role="alert">
          {problem}
        </span>
      ) : null}
      <Dialog title={tokenWords.add} isOpen={isKeeping} onClose={() => setKeeping(false)}>
        <TokenForm
          onKept={(next) => {
            setKeeping(false);
            onChange(next);
          }}
          onCancel={() => setKeeping(false)}
        />
      </Dialog>
    </div>
  );
}
