import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { root } from "../../../build/install.mjs";
import { published } from "../../../build/published/operations.ts";
import type { Described, ReducedOperation } from "../../../build/published/reduce.ts";

/** What a system's maker publishes of the operations that are asked, reduced to what is read (build/published). */
export interface PublishedDescription {
  /** What is wrong with a question, in words; empty when the description knows it. */
  problemsOfQuestion(path: string, query: URLSearchParams): string[];
  /** Where an answer is not as the description says; empty when it is. */
  problemsOfAnswer(path: string, body: unknown): string[];
  /** Paths of all that it describes. */
  readonly operations: readonly string[];
  /** The path in the description that an address fits; null where none does. */
  operationOf(path: string): string | null;
  answerOf(operation: string): Described;
  /** The values that a parameter may have. */
  valuesOf(operation: string, parameter: string): string[];
}

export type DescribedName = (typeof published)[number]["name"];

/** @param sameAs paths that the description does not have, by those whose answers have the same rows */
export function readPublished(
  name: DescribedName,
  sameAs: Readonly<Record<string, string>> = {},
): PublishedDescription {
  const text = readFileSync(join(root, `test/fixtures/published/${name}.json`), "utf8");
  const { operations } = JSON.parse(text) as { operations: Record<string, ReducedOperation> };
  const known = Object.entries(operations).map(([path, operation]) => ({
    path,
    // A branch's name has slashes, escaped in the path.
    pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, "[^/]+")}$`),
    query: operation.query,
    answer: z.fromJSONSchema(operation.answer as Parameters<typeof z.fromJSONSchema>[0]),
  }));
  const find = (path: string) => known.find(({ pattern }) => pattern.test(path));
  return {
    problemsOfQuestion(path, query) {
      const operation = find(path);
      if (operation === undefined) return [`${path} is not described`];
      return [...query].flatMap(([parameter, value]) => problemsOfValue(operation.query, parameter, value));
    },
    problemsOfAnswer(path, body) {
      const operation = find(sameAs[path] ?? path);
      if (operation === undefined) return [`${path} is not described`];
      const issues = operation.answer.safeParse(body).error?.issues ?? [];
      return issues.map((issue) => `${path} ${issue.path.join("/")}: ${issue.message}`);
    },
    operations: Object.keys(operations),
    operationOf: (path) => find(path)?.path ?? null,
    answerOf: (operation) => operations[operation]?.answer ?? {},
    valuesOf: (operation, parameter) => (operations[operation]?.query[parameter]?.enum ?? []).map(String),
  };
}

/** Fields that are read of an answer and that its description does not have, by operation; only where there are any. */
export function undescribed(name: DescribedName): Record<string, string[]> {
  const { operations = {} } = published.find((one) => one.name === name) ?? {};
  const { answerOf } = readPublished(name);
  const found = Object.entries(operations).map(([operation, reads]) => {
    const read = z.toJSONSchema(reads, { io: "input", unrepresentable: "any" }) as Described;
    return [operation, fieldsBeyond(read, answerOf(operation))] as const;
  });
  return Object.fromEntries(found.filter(([, fields]) => fields.length > 0));
}

/** Of what a description says nothing, nothing can be beyond it. */
function fieldsBeyond(read: Described, described: Described, place = ""): string[] {
  const known = [read, ...(read.anyOf ?? [])].find((one) => one.properties ?? one.items);
  if (known?.items !== undefined) return fieldsBeyond(known.items, described.items ?? {}, place);
  if (known?.properties === undefined || described.type === undefined) return [];
  return Object.entries(known.properties).flatMap(([name, one]) => {
    const found = described.properties?.[name];
    return found === undefined ? [`${place}${name}`] : fieldsBeyond(one, found, `${place}${name}/`);
  });
}

function problemsOfValue(query: ReducedOperation["query"], name: string, value: string): string[] {
  const described = query[name];
  if (described === undefined) return [`${name} is no parameter`];
  if (described.type === "integer" && !/^\d+$/.test(value)) return [`${name}=${value} is no whole number`];
  if (described.type === "boolean" && !/^(true|false)$/.test(value))
    return [`${name}=${value} is neither true nor false`];
  if (described.enum !== undefined && !described.enum.includes(value)) return [`${name}=${value} is no value of it`];
  return [];
}
