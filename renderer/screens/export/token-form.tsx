import { useCommand } from "../../api.ts";
import { CommandForm } from "../../components/command-form.tsx";
import { PathField } from "../../components/path-field.tsx";
import { TextField } from "../../components/text-field.tsx";
import { missingOf, useForm } from "../../components/use-form.ts";
import { strings } from "../../strings.ts";

const words = strings.export.identity;

/** Signs with a key on a token from now on. */
export function UseToken() {
  const empty = { modulePath: "", tokenLabel: "", keyLabel: "", certificatePath: "", pin: "" };
  const { values, field, setProblems, reset } = useForm(empty);
  // The request carries the PIN: nothing of it is kept, and the form forgets it once it was sent.
  const use = useCommand("identity.use-token", { refreshes: ["identity.show"], remember: false });
  const submit = () => {
    const missing = missingOf(values, ["modulePath", "pin"]);
    setProblems(missing);
    if (Object.keys(missing).length > 0) return;
    const { pin, modulePath, ...choices } = values;
    const given = Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== ""));
    use.mutate({ token: { modulePath, ...given }, pin }, { onSuccess: reset });
  };
  return (
    <CommandForm command={use} label={words.useTokenNow} onSubmit={submit}>
      <PathField label={words.tokenModule} hint={words.tokenModuleHint} isRequired {...field("modulePath")} />
      <TextField label={words.tokenLabel} hint={words.tokenLabelHint} {...field("tokenLabel")} />
      <TextField label={words.keyLabel} hint={words.keyLabelHint} {...field("keyLabel")} />
      <PathField label={words.certificatePath} hint={words.certificatePathHint} {...field("certificatePath")} />
      <TextField label={words.pin} hint={words.pinHint} type="password" isRequired {...field("pin")} />
    </CommandForm>
  );
}
