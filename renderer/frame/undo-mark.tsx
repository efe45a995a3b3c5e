import type { ReactNode } from "react";
import type { LatestMark, MarkView } from "../../shared/model/mark.ts";
import { finalWords, markKindWords, nothingToUndo, reversalWords } from "../../shared/model/mark-words.ts";
import { useCommand, useProcedure } from "../api.ts";
import { useActor } from "../components/actor.tsx";
import { CommandForm } from "../components/command-form.tsx";
import { Dialog } from "../components/dialog.tsx";
import { Terms } from "../components/page.tsx";
import { AnswerOf } from "../components/states.tsx";
import { TextField } from "../components/text-field.tsx";
import { missingOf, useForm } from "../components/use-form.ts";
import { useKeptForm } from "../components/use-kept-form.tsx";
import { formatMinute } from "../format.ts";
import { strings } from "../strings.ts";

const words = strings.undo;

export interface UndoMarkProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** What somebody marked last, of whatever kind, and the entry by which it is reversed; or why there is nothing to undo. */
export function UndoMark({ isOpen, onClose }: UndoMarkProps) {
  return (
    <Dialog title={words.title} isOpen={isOpen} onClose={onClose}>
      <Latest onDone={onClose} />
    </Dialog>
  );
}

function Latest({ onDone }: { readonly onDone: () => void }) {
  const latest = useProcedure("mark.latest", {});
  return (
    <AnswerOf of={latest} loading={words.loading}>
      {({ mark, final }) => (
        <div className="stack">
          <Final final={final} isAlone={mark === null} />
          {mark === null ? null : <UndoForm key={mark.entry} mark={mark} onDone={onDone} />}
        </div>
      )}
    </AnswerOf>
  );
}

/** A draw is said to be what it is, before anything that was marked earlier is offered. */
function Final({ final, isAlone }: { readonly final: LatestMark["final"]; readonly isAlone: boolean }): ReactNode {
  if (final === null) return isAlone ? <p>{nothingToUndo}</p> : null;
  return (
    <>
      <p className="notice">{finalWords[final]}</p>
      {isAlone ? null : <p>{words.before}</p>}
    </>
  );
}

function UndoForm({ mark, onDone }: { readonly mark: MarkView; readonly onDone: () => void }) {
  const form = useForm({ reason: words.usual });
  const { values, field, setProblems } = form;
  const kept = useKeptForm({ about: ["undo", String(mark.entry)], asOf: [mark], form });
  const actor = useActor();
  const undo = useCommand("mark.undo");
  const submit = () => {
    const problems = missingOf(values, ["reason"]);
    setProblems(problems);
    if (Object.keys(problems).length > 0 || !actor.isNamed) return;
    undo.mutate(
      { entry: mark.entry, reason: values.reason.trim(), ...actor.sign() },
      { onSuccess: kept.recordedAnd(onDone) },
    );
  };
  return (
    <CommandForm command={undo} label={words.undo} look="primary" onSubmit={submit}>
      <Terms
        entries={[
          [words.mark, `${markKindWords[mark.kind]} ${mark.ref}`],
          [words.on, mark.about],
          [words.made, words.madeBy(mark.by, formatMinute(mark.at))],
          [words.what, reversalWords[mark.reversal]],
        ]}
      />
      <p className="muted">{words.about}</p>
      {kept.offer}
      <TextField label={words.reason} isRequired {...field("reason")} />
      {actor.field}
    </CommandForm>
  );
}
