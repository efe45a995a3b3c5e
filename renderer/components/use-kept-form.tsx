import { type ReactNode, useEffect, useRef, useState } from "react";
import { useProcedure } from "../api.ts";
import { type Entered, type KeptChoice, readKeptForm, spellEntered, takeKeptForm, writeKeptForm } from "./kept-form.ts";
import { LeftWords, NotTaken, OutdatedWords, useLeftWords, useWordsKeeper } from "./kept-words.tsx";
import { useDigest } from "./use-digest.ts";
import type { FormState } from "./use-form.ts";

export interface KeptFormSubject<K extends string> {
  /** Which form, and on what: what was entered is offered nowhere else. */
  readonly about: readonly string[];
  /**
   * What it is on, as that is now: when it has changed, what was entered before is shown and not offered. Until all of it is known,
   * nothing is offered and nothing kept.
   */
  readonly asOf: readonly unknown[];
  readonly form: FormState<K>;
  /** What is chosen and ticked in it. A field that is a choice too is taken up as one. */
  readonly choices?: Readonly<Record<string, KeptChoice>>;
}

export interface KeptFormState {
  /** What was entered here earlier and not recorded, to be taken up or discarded. */
  readonly offer: ReactNode;
  /** Call it when it is recorded, also where the form is gone by then. */
  readonly onRecorded: () => void;
  /** The same, and what comes after it. */
  readonly recordedAnd: (next: () => void) => () => void;
}

const none: Readonly<Record<string, KeptChoice>> = {};

/**
 * Keeps what is entered in a form until it is recorded, so that it is offered again after a crash, or after the form was closed by
 * mistake. It is never entered by itself. Never for a form that has a secret.
 */
export function useKeptForm<K extends string>({
  about,
  asOf,
  form: { values, field },
  choices = none,
}: KeptFormSubject<K>): KeptFormState {
  const engagement = useProcedure("engagement.current", {}).data?.engagement.id;
  const place = engagement === undefined ? null : JSON.stringify([engagement, ...about]);
  const digest = useDigest(asOf);
  const [left, decide] = useLeftWords(place);
  const keeper = useWordsKeeper(place);
  const [refused, setRefused] = useState<readonly string[]>([]);
  const now: Entered = {
    values: Object.fromEntries(Object.entries<string>(values).filter(([name]) => !(name in choices))),
    choices: Object.fromEntries(Object.entries(choices).map(([name, { value }]) => [name, value])),
  };
  const [start] = useState(now);
  const entered = spellEntered(start, now);
  const last = useRef(entered);
  /** What it was on when somebody began to write: what changes meanwhile does not become what the words are about. */
  const begun = useRef<string | null>(null);
  useEffect(() => {
    if (entered === last.current || keeper === null || digest === null) return;
    last.current = entered;
    if (entered === "") {
      begun.current = null;
      keeper.forget();
      return;
    }
    begun.current ??= digest;
    keeper.keep(writeKeptForm(begun.current, entered));
  }, [entered, keeper, digest]);

  const kept = left === null ? null : readKeptForm(left.text);
  const take = () => {
    if (kept === null) return;
    const fields = (Object.keys(values) as K[]).filter((name) => !(name in choices));
    setRefused(takeKeptForm(kept, fields, (name, value) => field(name).onChange(value), choices));
    decide();
  };
  const discard = () => {
    keeper?.forget();
    // What was entered beside the offer has lost its place on the disk with it.
    if (entered !== "" && begun.current !== null) keeper?.keep(writeKeptForm(begun.current, entered));
    decide();
  };
  const offer = () => {
    if (left === null || kept === null || digest === null) return <NotTaken labels={refused} />;
    if (kept.asOf === digest) return <LeftWords left={left} onTake={take} onDiscard={discard} />;
    return <OutdatedWords left={left} texts={Object.values(kept.values)} onDiscard={discard} />;
  };
  const onRecorded = () => {
    last.current = entered;
    begun.current = null;
    keeper?.forget();
    setRefused([]);
    decide();
  };
  return {
    offer: offer(),
    onRecorded,
    recordedAnd: (next) => () => {
      onRecorded();
      next();
    },
  };
}
