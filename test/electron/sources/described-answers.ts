import fc from "fast-check";
import type { Described } from "../../../build/published/reduce.ts";
import { readEvidence } from "../../../shared/facts/evidence-reading.ts";
import type { EvidenceFormat } from "../../../shared/model/evidence.ts";
import type { ReadFacts } from "../../../shared/model/facts.ts";
import type { Source } from "../../../shared/model/source.ts";
import { record } from "../../shared/facts/recorded-answer.ts";
import type { PullDouble } from "./pull-double.ts";

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

/** Times, commits and addresses have their form, and a state is one of few words, which descriptions do not always say. */
function textOf(name: string, known: unknown): fc.Arbitrary<unknown> {
  if (/_(at|on)$/.test(name)) {
    const times = fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true });
    return fc.tuple(times, fc.constantFrom("Z", "+05:30")).map(([at, zone]) => at.toISOString().replace("Z", zone));
  }
  const isCommit = /^[0-9a-f]{7,40}$/.test(String(known)) && ["sha", "hash", "id"].includes(name);
  if (isCommit) return fc.stringMatching(new RegExp(`^[0-9a-f]{${String(known).length}}$`));
  return name === "state" || name === "href" ? fc.constant(known) : fc.string();
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
  return answer.items ?? answer.properties?.values?.items ?? answer;
}

/** A row of the kind that a double gave in a pull, and what is read of another in its place. */
export function receivedRow(
  { records }: Pick<PullDouble, "records">,
  source: Source,
  format: EvidenceFormat,
): { readonly row: Record<string, unknown>; read(row: unknown): ReadFacts } {
  for (const { bytes, locator } of records.filter((one) => one.format === format)) {
    const answer: unknown = JSON.parse(Buffer.from(bytes).toString());
    const { rows, wrap } = unwrap(answer);
    const [row] = rows;
    if (row === undefined) continue;
    return {
      row: row as Record<string, unknown>,
      read: (one) =>
        readEvidence({ ...record(format, wrap(one), locator), receivedAt: "2025-07-01T10:00:00.000Z" }, source),
    };
  }
  throw new Error(`nothing of ${format} was received`);
}

function unwrap(answer: unknown): { rows: readonly unknown[]; wrap: (row: unknown) => unknown } {
  if (Array.isArray(answer)) return { rows: answer, wrap: (row) => [row] };
  const { values } = answer as { values?: unknown };
  return Array.isArray(values)
    ? { rows: values, wrap: (row) => ({ values: [row] }) }
    : { rows: [answer], wrap: (row) => row };
}

/** One pull that serves every test of a file. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make();
    return made;
  };
}
