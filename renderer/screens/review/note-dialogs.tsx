import { useState } from "react";
import type { NoteView } from "../../../shared/model/judgement-view.ts";
import type { NoteSubject } from "../../../shared/model/review-note.ts";
import { useCommand, useProcedure } from "../../api.ts";
import { useActor } from "../../components/actor.tsx";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { TextField } from "../../components/text-field.tsx";
import { missingOf, useForm } from "../../components/use-form.ts";
import { useKeptForm } from "../../components/use-kept-form.tsx";
import { strings } from "../../strings.ts";

const words = strings.review.notes;

export interface RaiseDialogProps {
  readonly about: NoteSubject;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function RaiseDialog({ about, isOpen, onClose }: RaiseDialogProps) {
  return (
    <Dialog title={words.raise} isOpen={isOpen} onClose={onClose}>
      <RaiseForm about={about} onDone={onClose} />
    </Dialog>
  );
}

const whole = "";

function RaiseForm({ about, onDone }: { readonly about: NoteSubject; readonly onDone: () => void }) {
  const catalog = useProcedure("catalog.show", {});
  const controls = catalog.data?.catalog.controls ?? [];
  const [control, setControl] = useState(about.kind === "engagement" ? whole : about.control);
  const form = useForm({ text: "" });
  const { values, field, setProblems } = form;
  const kept = useKeptForm(["note", JSON.stringify(about)], form);
  const actor = useActor();
  const raise = useCommand("note.raise");
  const submit = () => {
    const problems = missingOf(values, ["text"]);
    setProblems(problems);
    if (Object.keys(problems).length > 0 || !actor.isNamed) return;
    const onSuccess = () => {
      kept.onRecorded();
      onDone();
    };
    raise.mutate({ about: subjectOf(about, control), text: values.text, ...actor.sign() }, { onSuccess });
  };
  const choices = [
    ...(about.kind === "item" ? [] : [{ id: whole, label: words.engagement }]),
    ...controls.map(({ id, title }) => ({ id, label: `${id} ${title}` })),
  ];
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
  const kept = useKeptForm(["note", String(note.number), kind], form);
  const actor = useActor();
  const act = useCommand("note.act");
  const submit = () => {
    const problems = missingOf(values, ["text"]);
    setProblems(problems);
    if (Object.keys(problems).length > 0 || !actor.isNamed) return;
    const onSuccess = () => {
      kept.onRecorded();
      onDone();
    };
    act.mutate({ kind, number: note.number, text: values.text, ...actor.sign() }, { onSuccess });
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
