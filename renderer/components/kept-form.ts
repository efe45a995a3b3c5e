import type { z } from "zod";
import { KeptForm } from "../../shared/model/draft.ts";

/** Something that is chosen or ticked in a form, beside what is typed. */
export interface KeptChoice {
  /** As the form names it. */
  readonly label: string;
  /** As JSON has it. */
  readonly value: unknown;
  /** Chooses what was kept. @returns false where it cannot be chosen any more */
  readonly take: (kept: unknown) => boolean;
}

/** @param choosable what can be chosen now */
export function keptChoice<T>(
  label: string,
  choosable: z.ZodType<T>,
  value: NoInfer<T>,
  choose: (value: T) => void,
): KeptChoice {
  return {
    label,
    value,
    take(kept) {
      const read = choosable.safeParse(kept);
      if (read.success) choose(read.data);
      return read.success;
    },
  };
}

export interface Entered {
  readonly values: Readonly<Record<string, string>>;
  readonly choices: Readonly<Record<string, unknown>>;
}

/** What is other than at the start, in one spelling; empty where nothing is. */
export function spellEntered(start: Entered, now: Entered): string {
  const values = othersThan(start.values, now.values);
  const choices = othersThan(start.choices, now.choices);
  return values.length + choices.length === 0
    ? ""
    : JSON.stringify({ values: Object.fromEntries(values), choices: Object.fromEntries(choices) });
}

function othersThan(start: Readonly<Record<string, unknown>>, now: Readonly<Record<string, unknown>>) {
  return Object.entries(now).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(start[name]));
}

/** @param entered as `spellEntered` spells it */
export function writeKeptForm(asOf: string, entered: string): string {
  return JSON.stringify({ asOf, ...JSON.parse(entered) } satisfies KeptForm);
}

/** Null for what is no kept form: there is nothing in it that could be offered. */
export function readKeptForm(text: string): KeptForm | null {
  try {
    return KeptForm.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/**
 * Enters what was kept.
 * @param fields what a person can type in; what was kept of others is passed over
 * @returns labels of what cannot be chosen any more, and stays as it is
 */
export function takeKeptForm<K extends string>(
  kept: KeptForm,
  fields: readonly K[],
  type: (field: K, value: string) => void,
  choices: Readonly<Record<string, KeptChoice>>,
): string[] {
  for (const field of fields) {
    const value = kept.values[field];
    if (value !== undefined) type(field, value);
  }
  return Object.entries(choices).flatMap(([name, { label, take }]) =>
    name in kept.choices && !take(kept.choices[name]) ? [label] : [],
  );
}
