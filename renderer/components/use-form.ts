import { useState } from "react";
import { strings } from "../strings.ts";

export type Values<K extends string> = Readonly<Record<K, string>>;
export type Problems<K extends string> = Partial<Record<K, string>>;

export interface FormState<K extends string> {
  readonly values: Values<K>;
  readonly problems: Problems<K>;
  /** What a field needs to show and to change its value. */
  readonly field: (name: K) => {
    readonly value: string;
    readonly onChange: (value: string) => void;
    readonly problem: string | undefined;
  };
  readonly setProblems: (problems: Problems<K>) => void;
  readonly reset: () => void;
}

/**
 * Values of a form's fields, and what is wrong with each since it was last handed in.
 * @param suggested what a field has for as long as nobody typed in it; it may come after the form
 */
export function useForm<K extends string>(initial: Values<K>, suggested: Partial<Values<K>> = {}): FormState<K> {
  const [start] = useState(initial);
  const [typed, setTyped] = useState<Partial<Values<K>>>({});
  const [problems, setProblems] = useState<Problems<K>>({});
  const change = (name: K, value: string) => {
    setTyped((before) => ({ ...before, [name]: value }));
    setProblems(({ [name]: _, ...others }) => others as Problems<K>);
  };
  const values = { ...start, ...suggested, ...typed };
  return {
    values,
    problems,
    field: (name) => ({
      value: values[name],
      onChange: (value) => change(name, value),
      problem: problems[name],
    }),
    setProblems,
    reset: () => setTyped({}),
  };
}

/** A problem for each of the named fields that has nothing in it. */
export function missingOf<K extends string>(values: Values<K>, required: readonly K[]): Problems<K> {
  const missing = required.filter((name) => values[name].trim() === "");
  return Object.fromEntries(missing.map((name) => [name, strings.common.fillIn])) as Problems<K>;
}
