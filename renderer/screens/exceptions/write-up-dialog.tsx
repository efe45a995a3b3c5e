import { useState } from "react";
import { z } from "zod";
import { type AuditException, type LinkedItem, Severity } from "../../../shared/model/audit-exception.ts";
import { type Catalog, populationsOf } from "../../../shared/model/catalog.ts";
import { severityWords } from "../../../shared/model/judgement-words.ts";
import type { Result } from "../../../shared/model/result.ts";
import { useCommand, useProcedure } from "../../api.ts";
import { useActor } from "../../components/actor.tsx";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { keptChoice } from "../../components/kept-form.ts";
import { SelectField } from "../../components/select-field.tsx";
import { AnswerOf } from "../../components/states.tsx";
import { TextField } from "../../components/text-field.tsx";
import { missingOf, useForm } from "../../components/use-form.ts";
import { useKeptForm } from "../../components/use-kept-form.tsx";
import { strings } from "../../strings.ts";

const words = strings.exceptions;
const severities = Severity.options.map((id) => ({ id, label: severityWords[id] }));

export interface WriteUpDialogProps {
  /** An exception that is written up anew; without it a new one. */
  readonly revised?: AuditException;
  /** What a new one is about. */
  readonly about?: { readonly control: string; readonly item: LinkedItem; readonly results: readonly Result[] };
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function WriteUpDialog({ isOpen, onClose, revised, about }: WriteUpDialogProps) {
  const catalog = useProcedure("catalog.show", {}, { enabled: isOpen });
  return (
    <Dialog title={revised ? words.reviseTitle : words.writeUp} isOpen={isOpen} onClose={onClose}>
      <AnswerOf of={catalog} loading={words.loading}>
        {(view) => (
          <WriteUpForm
            catalog={view.catalog}
            {...(revised ? { revised } : {})}
            {...(about ? { about } : {})}
            onDone={onClose}
          />
        )}
      </AnswerOf>
    </Dialog>
  );
}

interface WriteUpFormProps extends Pick<WriteUpDialogProps, "revised" | "about"> {
  readonly catalog: Catalog;
  readonly onDone: () => void;
}

function WriteUpForm({ catalog, revised, about, onDone }: WriteUpFormProps) {
  const start = revised ?? startOf(catalog, about);
  const [control, setControl] = useState(start.control);
  const [severity, setSeverity] = useState<Severity>(start.severity);
  const form = useForm({
    title: start.title,
    criterion: start.criterion,
    condition: start.condition,
    cause: start.cause,
    effect: start.effect,
    items: start.items.map(({ item }) => item).join("\n"),
  });
  const { values, field, setProblems } = form;
  const kept = useKeptForm({
    about: ["write-up", revised ? String(revised.number) : JSON.stringify(about ? [about.control, about.item] : null)],
    asOf: [revised ?? about?.results ?? catalog],
    form,
    choices: {
      control: keptChoice(words.control, z.enum(catalog.controls.map(({ id }) => id)), control, setControl),
      severity: keptChoice(words.severity, Severity, severity, setSeverity),
    },
  });
  const onSuccess = kept.recordedAnd(onDone);
  const actor = useActor();
  const raise = useCommand("exception.raise");
  const act = useCommand("exception.act");
  const failed = [raise, act].find(({ isError }) => isError);
  const submit = () => {
    const problems = missingOf(values, ["title", "criterion", "condition", "cause", "effect"]);
    setProblems(problems);
    if (Object.keys(problems).length > 0 || !actor.isNamed) return;
    const found = catalog.controls.find(({ id }) => id === control);
    const [population = "change"] = found ? populationsOf(found) : [];
    const known = new Map(start.items.map((each) => [each.item, each]));
    const { items, ...texts } = values;
    const named = items.split("\n").map((line) => line.trim());
    const request = {
      ...texts,
      control,
      severity,
      items: named.filter((line) => line !== "").map((item) => known.get(item) ?? { population, item }),
      ...actor.sign(),
    };
    if (revised) act.mutate({ kind: "revise", number: revised.number, ...request }, { onSuccess });
    else raise.mutate(request, { onSuccess });
  };
  return (
    <CommandForm
      command={{ isPending: raise.isPending || act.isPending, error: failed?.error ?? null }}
      label={words.record}
      look="primary"
      onSubmit={submit}
    >
      {kept.offer}
      <SelectField
        label={words.control}
        value={control}
        choices={catalog.controls.map(({ id, title }) => ({ id, label: `${id} ${title}` }))}
        onChange={setControl}
      />
      <TextField label={words.titleLabel} isRequired {...field("title")} />
      <SelectField label={words.severity} value={severity} choices={severities} onChange={setSeverity} />
      <TextField label={words.criterion} hint={words.hints.criterion} lines={2} isRequired {...field("criterion")} />
      <TextField label={words.condition} hint={words.hints.condition} lines={2} isRequired {...field("condition")} />
      <TextField label={words.cause} hint={words.hints.cause} lines={2} isRequired {...field("cause")} />
      <TextField label={words.effect} hint={words.hints.effect} lines={2} isRequired {...field("effect")} />
      <TextField label={words.items} hint={words.hints.items} lines={2} isMono {...field("items")} />
      {actor.field}
    </CommandForm>
  );
}

type Start = Pick<
  AuditException,
  "control" | "title" | "severity" | "criterion" | "condition" | "cause" | "effect" | "items"
>;

function startOf({ controls }: Catalog, about: WriteUpDialogProps["about"]): Start {
  const control = controls.find(({ id }) => id === about?.control) ?? controls[0];
  return {
    control: control?.id ?? "",
    title: "",
    severity: "deficiency",
    criterion: about && control ? control.objective : "",
    condition: "",
    cause: "",
    effect: "",
    items: about ? [about.item] : [],
  };
}
