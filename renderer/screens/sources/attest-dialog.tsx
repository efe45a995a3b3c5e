import { useEffect, useRef, useState } from "react";
import { z } from "zod";
import type { Control } from "../../../shared/model/catalog.ts";
import { useCommand, useProcedure } from "../../api.ts";
import { CheckField } from "../../components/check-field.tsx";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { keptChoice } from "../../components/kept-form.ts";
import { PathField } from "../../components/path-field.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { AnswerOf } from "../../components/states.tsx";
import { TextField } from "../../components/text-field.tsx";
import { missingOf, useForm } from "../../components/use-form.ts";
import { useKeptForm } from "../../components/use-kept-form.tsx";
import { strings } from "../../strings.ts";

const words = strings.sources.attest;

export function AttestDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Dialog title={words.title} isOpen={isOpen} onClose={onClose}>
      <ControlsWithChecklist />
    </Dialog>
  );
}

function ControlsWithChecklist() {
  const shown = useProcedure("catalog.show", {});
  return (
    <AnswerOf of={shown} loading={words.loading}>
      {({ catalog }) => {
        const controls = catalog.controls.filter(({ checklist }) => checklist.length > 0);
        return controls.length > 0 ? <ChooseControl controls={controls} /> : <p>{words.none}</p>;
      }}
    </AnswerOf>
  );
}

function ChooseControl({ controls }: { readonly controls: readonly Control[] }) {
  const [chosen, setChosen] = useState(controls[0]?.id ?? "");
  const control = controls.find(({ id }) => id === chosen);
  return (
    <div className="stack">
      <p className="muted">{words.about}</p>
      <SelectField
        label={words.control}
        value={chosen}
        choices={controls.map(({ id, title }) => ({ id, label: `${id} ${title}` }))}
        onChange={setChosen}
      />
      {control ? <AttestForm key={chosen} control={control} /> : null}
    </div>
  );
}

/** The checklist of one control. Of a document there is one point: that it is there. */
function AttestForm({ control }: { readonly control: Control }) {
  const isDocument = control.population === "document";
  const [first = ""] = isDocument ? control.checklist.map(({ id }) => id) : [];
  const form = useForm({
    ...{ occurrence: first, by: "", document: "", note: "", path: words.usualFile },
  });
  const { values, field, setProblems } = form;
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const point = z.enum(control.checklist.map(({ id }) => id));
  const ticks = keptChoice(words.checklist, z.array(point), [...ticked].sort(), (ids) => setTicked(new Set(ids)));
  const kept = useKeptForm({
    about: ["attestation", control.id],
    asOf: [control],
    form,
    choices: {
      ticks,
      ...(isDocument
        ? { occurrence: keptChoice(words.document, point, values.occurrence, field("occurrence").onChange) }
        : {}),
    },
  });
  const attest = useCommand("source.attest");
  const points = control.checklist.filter(({ id }) => !isDocument || id === values.occurrence);
  const submit = () => {
    const problems = missingOf(values, ["occurrence", "by", "path"]);
    setProblems(problems);
    if (Object.keys(problems).length > 0) return;
    const { occurrence, by, note, path, document } = values;
    const done = points.flatMap(({ id }) => (ticked.has(id) ? [id] : []));
    const documents = document.trim() === "" ? [] : [document.trim()];
    const request = { control: control.id, occurrence: occurrence.trim(), by: by.trim(), done, documents, note, path };
    attest.mutate(request, { onSuccess: kept.onRecorded });
  };
  const written = attest.data;
  const told = useRef<HTMLParagraphElement>(null);
  // The button could not be pressed while it was written, and gave up the focus: without this Escape would be heard by nobody.
  useEffect(() => {
    if (written) told.current?.focus();
  }, [written]);
  return (
    <CommandForm command={attest} label={words.write} look="primary" onSubmit={submit}>
      {kept.offer}
      {isDocument ? (
        <SelectField label={words.document} {...field("occurrence")} choices={documentsOf(control)} />
      ) : (
        <TextField label={words.occurrence} hint={occurrenceHint(control)} isMono isRequired {...field("occurrence")} />
      )}
      <fieldset className="attest-points">
        <legend className="field-label">{words.checklist}</legend>
        {points.map(({ id, title }) => (
          <CheckField
            key={id}
            label={title}
            isChecked={ticked.has(id)}
            onChange={(isTicked) => setTicked((before) => withOrWithout(before, id, isTicked))}
          />
        ))}
      </fieldset>
      <TextField label={words.by} hint={words.byHint} isRequired {...field("by")} />
      <PathField label={words.shownBy} hint={words.shownByHint} {...field("document")} />
      <TextField label={words.note} lines={2} {...field("note")} />
      <PathField label={words.file} hint={words.fileHint} isRequired {...field("path")} />
      <p role="status" tabIndex={-1} ref={told}>
        {written ? words.written(written.control, written.occurrence, written.open.length) : ""}
      </p>
    </CommandForm>
  );
}

function documentsOf(control: Control) {
  return control.checklist.map(({ id, title }) => ({ id, label: title }));
}

function occurrenceHint({ population }: Control): string {
  return population === "week" || population === "quarter" ? words.occurrences[population] : words.occurrences.other;
}

function withOrWithout(ids: ReadonlySet<string>, id: string, isIn: boolean): ReadonlySet<string> {
  const others = [...ids].filter((other) => other !== id);
  return new Set(isIn ? [...others, id] : others);
}
