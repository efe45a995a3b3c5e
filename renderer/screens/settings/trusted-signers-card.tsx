import type { TrustedSignerView } from "../../../shared/model/view.ts";
import { useCommand, useProcedure } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { CommandForm } from "../../components/command-form.tsx";
import { Fold } from "../../components/fold.tsx";
import { Card } from "../../components/page.tsx";
import { AnswerOf, FaultNotice } from "../../components/states.tsx";
import { TextField } from "../../components/text-field.tsx";
import { missingOf, useForm } from "../../components/use-form.ts";
import { groupHash } from "../../format.ts";
import { strings } from "../../strings.ts";

const words = strings.settings.trusted;

/** Whose bundles count as trusted here. The list lies outside of every bundle, and no bundle can add to it. */
export function TrustedSignersCard() {
  const list = useProcedure("trust.list", {});
  const remove = useCommand("trust.remove", { refreshes: ["trust.list"] });
  return (
    <Card title={words.title}>
      <div className="stack">
        <p className="muted">{words.about}</p>
        <AnswerOf of={list} loading={words.loading}>
          {(signers) =>
            signers.length === 0 ? (
              <p>{words.none}</p>
            ) : (
              <ul>
                {signers.map((signer) => (
                  <Signer
                    key={signer.fingerprint}
                    signer={signer}
                    onRemove={() => remove.mutate({ fingerprint: signer.fingerprint })}
                  />
                ))}
              </ul>
            )
          }
        </AnswerOf>
        {remove.error ? <FaultNotice fault={remove.error} /> : null}
        <Fold summary={words.add}>
          <AddSigner />
        </Fold>
      </div>
    </Card>
  );
}

function Signer({ signer, onRemove }: { readonly signer: TrustedSignerView; readonly onRemove: () => void }) {
  return (
    <li className="signer">
      <div>
        <p>
          <strong>{signer.name}</strong>
        </p>
        <code>{groupHash(signer.fingerprint)}</code>
        {signer.note ? <p className="muted">{signer.note}</p> : null}
      </div>
      <Button look="plain" aria-label={words.removeNamed(signer.name)} onPress={onRemove}>
        {words.remove}
      </Button>
    </li>
  );
}

const shapeOfFingerprint = /^[0-9a-f]{64}$/;

function AddSigner() {
  const { values, field, setProblems, reset } = useForm({ name: "", fingerprint: "", note: "" });
  const add = useCommand("trust.add", { refreshes: ["trust.list"] });
  const submit = () => {
    // People read fingerprints aloud in groups, with colons or in capitals.
    const fingerprint = values.fingerprint.replace(/[\s:]/g, "").toLowerCase();
    const problems = missingOf(values, ["name", "fingerprint"]);
    if (!problems.fingerprint && !shapeOfFingerprint.test(fingerprint)) problems.fingerprint = words.notAFingerprint;
    setProblems(problems);
    if (Object.keys(problems).length > 0) return;
    add.mutate({ name: values.name, fingerprint, note: values.note }, { onSuccess: reset });
  };
  return (
    <CommandForm command={add} label={words.trust} onSubmit={submit}>
      <TextField label={words.name} isRequired {...field("name")} />
      <TextField label={words.fingerprint} hint={words.fingerprintHint} isMono isRequired {...field("fingerprint")} />
      <TextField label={words.note} hint={words.noteHint} {...field("note")} />
    </CommandForm>
  );
}
