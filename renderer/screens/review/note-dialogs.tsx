import { useState } from "react";
import { z } from "zod";
import type { NoteView } from "../../../shared/model/judgement-view.ts";
import type { Result } from "../../../shared/model/result.ts";
import type { NoteSubject } from "../../../shared/model/review-note.ts";
import { useCommand, useProcedure } from "../../api.ts";
import { useActor } from "../../components/actor.tsx";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { keptChoice } from "../../components/kept-form.ts";
import { SelectField } from "../../components/select-field.tsx";
import { TextField } from "../../components/text-field.tsx";
import { missingOf, useForm } from "../../components/use-form.ts";
import { useKeptForm } from "../../components/use-kept-form.tsx";
import { strings } from "../../strings.ts";

const words = strings.review.notes;

export interface RaiseDialogProps {
  readonly about: NoteSubject;
  /** The results of the item that it is about, if it is about one. */
  readonly results?: readonly Result[];
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function RaiseDialog({ isOpen, onClose, ...form }: RaiseDialogProps) {
  return (
    <Dialog title={words.raise} isOpen={isOpen} onClose={onClose}>
      <RaiseForm {...form} onDone={onClose} />
    </Dialog>
  );
}

const whole = "";

interface RaiseFormProps extends Pick<RaiseDialogProps, "about" | "results"> {
  readonly onDone: () => void;
}

function RaiseForm({ about, results, onDone }: RaiseFormProps) {
  const catalog = useProcedure("catalog.show", {});
  const controls = catalog.data?.catalog.controls ?? [];
  const [control, setControl] = useState(about.kind === "engagement" ? whole : about.control);
  const form = useForm({ text: "" });
  const { values, field, setProblems } = form;
  const choices = [
    ...(about.kind === "item" ? [] : [{ id: whole, label: words.engagement }]),
    ...controls.map(({ id, title }) => ({ id, label: `${id} ${title}` })),
  ];
  const kept = useKeptForm({
    about: ["note", JSON.stringify(about)],
    asOf: [results ?? catalog.data?.sha256],
    form,
    choices: { control: keptChoice(words.about, z.enum(choices.map(({ id }) => id)), control, setControl) },
  });
  const actor = useActor();
  const raise = useCommand("note.raise");
  const submit = () => {
    const problems = missingOf(values, ["text"]);
    setProblems(problems);
    if (Object.keys(problems).length > 0 || !actor.isNamed) return;
    raise.mutate(
      { about: subjectOf(about, control), text: values.text, ...actor.sign() },
      { onSuccess: kept.recordedAnd(onDone) },
    );
  };
  return (
    <CommandForm command={raise} label={words.record} look="primary" onSubmit={submit}>
      {kept.offer}
      <SelectField label={words.about} value={control} choices={choices} onChange={setControl} />
      <TextField label={words.text} lines={3} isRequired {...field("text")} />
      {actor.field}
    </CommandForm>
  );
}

function subjectOf(about: NoteSubject, control: string): NoteSubject {
  if (about.kind === "item") return { ...about, control };
  return control === whole ? { kind: "engagement" } : { kind: "control", control };
}

export interface AnswerDialogProps {
  readonly view: NoteView;
  /** Null while nothing is done. */
  readonly kind: "answer" | "clear" | null;
  readonly onClose: () => void;
}

export function AnswerDialog({ view, kind, onClose }: AnswerDialogProps) {
  const title = kind === "clear" ? words.clearOf(view.ref) : words.answerOf(view.ref);
  return (
    <Dialog title={title} isOpen={kind !== null} onClose={onClose}>
      {kind ? <AnswerForm view={view} kind={kind} onDone={onClose} /> : null}
    </Dialog>
  );
}

interface AnswerFormProps {
  readonly view: NoteView;
  readonly kind: "answer" | "clear";
  readonly onDone: () => void;
}

function AnswerForm({ view: { note }, kind, onDone }: AnswerFormProps) {
  const form = useForm({ text: "" });
  const { values, field, setProblems } = form;
  const kept = useKeptForm({ about: ["note", String(note.number), kind], asOf: [note], form });
  const actor = useActor();
  const act = useCommand("note.act");
  const submit = () => {
    const problems = missingOf(values, ["text"]);
    setProblems(problems);
    if (Object.keys(problems).length > 0 || !actor.isNamed) return;
    act.mutate(
      { kind, number: note.number, text: values.text, ...actor.sign() },
      { onSuccess: kept.recordedAnd(onDone) },
    );
  };
  return (
    <CommandForm command={act} label={words.record} look="primary" onSubmit={submit}>
      {kept.offer}
      {kind === "clear" ? <p className="muted">{words.clearAbout(note.by)}</p> : null}
      <TextField label={kind === "clear" ? words.clearText : words.answer} lines={3} isRequired {...field("text")} />
      {actor.field}
    </CommandForm>
  );
}
