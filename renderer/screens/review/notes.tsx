import { Changing } from "../../components/changing.tsx";
import "./review.css";
import { IconNote } from "@tabler/icons-react";
import { useState } from "react";
import { showHidden } from "../../../shared/model/hidden-characters.ts";
import type { NoteView } from "../../../shared/model/judgement-view.ts";
import { noteStates, sayRestoration } from "../../../shared/model/judgement-words.ts";
import { upperFirst } from "../../../shared/model/letter-case.ts";
import type { Result } from "../../../shared/model/result.ts";
import type { NoteSubject } from "../../../shared/model/review-note.ts";
import { useProcedure } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/page.tsx";
import { AnswerOf } from "../../components/states.tsx";
import { Moment, Tag } from "../../components/values.tsx";
import { strings } from "../../strings.ts";
import { AnswerDialog, RaiseDialog } from "./note-dialogs.tsx";

const words = strings.review.notes;

/** Every review note of the engagement. */
export function NotesCard() {
  const notes = useProcedure("note.list", {});
  return (
    <Card title={words.title}>
      <AnswerOf of={notes} loading={words.loading}>
        {(all) => <Notes notes={all} about={{ kind: "engagement" }} />}
      </AnswerOf>
    </Card>
  );
}

export interface NotesProps {
  readonly notes: readonly NoteView[];
  /** What a new note is about, unless the reviewer names something else. */
  readonly about: NoteSubject;
  /** Of the item that it is about, if it is about one. */
  readonly results?: readonly Result[];
}

export function Notes({ notes, ...subject }: NotesProps) {
  const [isRaising, setRaising] = useState(false);
  return (
    <div>
      {notes.length === 0 ? <p className="muted">{words.none}</p> : null}
      {notes.map((view) => (
        <Note key={view.ref} view={view} />
      ))}
      <Changing>
        <div className="row">
          <Button icon={<IconNote size={15} aria-hidden />} onPress={() => setRaising(true)}>
            {words.raise}
          </Button>
        </div>
      </Changing>
      <RaiseDialog {...subject} isOpen={isRaising} onClose={() => setRaising(false)} />
    </div>
  );
}

function Note({ view }: { readonly view: NoteView }) {
  const [acting, setActing] = useState<"answer" | "clear" | null>(null);
  const { ref, note, state, about } = view;
  return (
    <article className="note" aria-label={words.noteOn(ref, about)}>
      <p className="row">
        <span className="muted">{ref}</span>
        <span>{about}</span>
        <Tag look={state === "cleared" ? "plain" : "doubt"}>{noteStates[state]}</Tag>
      </p>
      <p>{showHidden(note.text)}</p>
      <p className="muted">
        {note.by}, <Moment at={note.at} />
      </p>
      {[...note.answers, ...(note.cleared ? [note.cleared] : [])].map(({ text, by, at }) => (
        <div key={at} className="note-answer">
          <p>{showHidden(text)}</p>
          <p className="muted">
            {by}, <Moment at={at} />
          </p>
        </div>
      ))}
      {note.restoration ? <p className="muted">{showHidden(upperFirst(sayRestoration(note.restoration)))}</p> : null}
      {state === "cleared" ? null : (
        <Changing>
          <div className="row">
            <Button onPress={() => setActing("answer")} aria-label={words.answerOf(ref)}>
              {words.answer}
            </Button>
            <Button onPress={() => setActing("clear")} aria-label={words.clearOf(ref)}>
              {words.clear}
            </Button>
          </div>
        </Changing>
      )}
      <AnswerDialog view={view} kind={acting} onClose={() => setActing(null)} />
    </article>
  );
}
