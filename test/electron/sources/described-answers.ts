import fc from "fast-check";
import type { Described } from "../../../build/published/reduce.ts";

/** Anything that a description allows, field by field; where it says nothing of a field, what is there already. */
export function anythingOf(described: Described, known: unknown, name = ""): fc.Arbitrary<unknown> {
  const { type, enum: values, items, properties } = described;
  if (values !== undefined) return fc.constantFrom(...values);
  if (type === "integer") return fc.integer({ min: 1 });
  if (type === "boolean") return fc.boolean();
  if (type === "string") return textOf(name, known);
  if (type === "array" && items !== undefined) {
    const [first] = Array.isArray(known) ? (known as unknown[]) : [];
    return fc.array(anythingOf(items, first, name), { maxLength: 3 });
  }
  if (type !== "object") return fc.constant(known);
  const before = (typeof known === "object" && known !== null ? known : {}) as Record<string, unknown>;
  const fields = Object.entries(properties ?? {}).map(
    ([field, one]) => [field, anythingOf(one, before[field], field)] as const,
  );
  return fc.record(Object.fromEntries(fields)).map((changed) => ({ ...before, ...changed }));
}

/** Times and commits have their form, and a state is one of few words, which descriptions do not always say. */
function textOf(name: string, known: unknown): fc.Arbitrary<unknown> {
  if (name.endsWith("_at")) {
    const times = fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true });
    return fc.tuple(times, fc.constantFrom("Z", "+05:30")).map(([at, zone]) => at.toISOString().replace("Z", zone));
  }
  if (name === "sha" || (name === "id" && typeof known === "string")) return fc.stringMatching(/^[0-9a-f]{40}$/);
  return name === "state" ? fc.constant(known) : fc.string();
}

/** An answer without what is null in it: some descriptions never say that something may be null. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([, one]) => one !== null);
  return Object.fromEntries(kept.map(([name, one]) => [name, withoutNulls(one)]));
}

/** An answer's row, where it is a list of them. */
export function rowOf(answer: Described): Described {
  return answer.items ?? answer;
}
