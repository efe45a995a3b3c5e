import { type ReactNode, useEffect, useRef } from "react";
import { z } from "zod";
import { useProcedure } from "../api.ts";
import { LeftWords, useLeftWords, useWordsKeeper } from "./kept-words.tsx";
import type { FormState } from "./use-form.ts";

const Typed = z.record(z.string(), z.string());

export interface KeptForm {
  /** What was written here earlier and not recorded, to be taken up or discarded. */
  readonly offer: ReactNode;
  /** Call it when the words are recorded. */
  readonly onRecorded: () => void;
}

/**
 * Keeps what is typed in a form until it is recorded, so that it is offered again after a crash, or after the form was closed by
 * mistake. Never for a form that has a secret.
 *
 * @param about which form, and on what: the same words are offered nowhere else
 */
export function useKeptForm<K extends string>(about: readonly string[], { values, field }: FormState<K>): KeptForm {
  const engagement = useProcedure("engagement.current", {}).data?.engagement.id;
  const place = engagement === undefined ? null : JSON.stringify([engagement, ...about]);
  const [left, decide] = useLeftWords(place);
  const keeper = useWordsKeeper(place);
  const start = useRef(values);
  const typed = JSON.stringify(Object.entries(values).filter(([name, value]) => value !== start.current[name as K]));
  const last = useRef(typed);
  useEffect(() => {
    if (typed === last.current) return;
    last.current = typed;
    if (typed === "[]") keeper?.forget();
    else keeper?.keep(JSON.stringify(Object.fromEntries(JSON.parse(typed))));
  }, [typed, keeper]);
  const take = () => {
    const read = Typed.safeParse(parseOr(left?.text ?? "", null)).data ?? {};
    for (const name of Object.keys(values) as K[]) {
      const value = read[name];
      if (value !== undefined) field(name).onChange(value);
    }
    decide();
  };
  const discard = () => {
    keeper?.forget();
    decide();
  };
  return {
    offer: left === null ? null : <LeftWords left={left} onTake={take} onDiscard={discard} />,
    onRecorded() {
      last.current = typed;
      keeper?.forget();
    },
  };
}

function parseOr(text: string, otherwise: unknown): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return otherwise;
  }
}
