import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { root } from "../../../build/install.mjs";
import type { ReducedOperation } from "../../../build/published/reduce.ts";

/** What a system's maker publishes of the operations that are asked, reduced to what is read (build/published). */
export interface PublishedDescription {
  /** What is wrong with a question, in words; empty when the description knows it. */
  problemsOfQuestion(path: string, query: URLSearchParams): string[];
  /** Where an answer is not as the description says; empty when it is. */
  problemsOfAnswer(path: string, body: unknown): string[];
}

/** @param sameAs paths that the description does not have, by those whose answers have the same rows */
export function readPublished(
  name: "github" | "jira",
  sameAs: Readonly<Record<string, string>> = {},
): PublishedDescription {
  const text = readFileSync(join(root, `test/fixtures/published/${name}.json`), "utf8");
  const { operations } = JSON.parse(text) as { operations: Record<string, ReducedOperation> };
  const known = Object.entries(operations).map(([path, operation]) => ({
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
  };
}

function problemsOfValue(query: ReducedOperation["query"], name: string, value: string): string[] {
  const described = query[name];
  if (described === undefined) return [`${name} is no parameter`];
  if (described.type === "integer" && !/^\d+$/.test(value)) return [`${name}=${value} is no whole number`];
  if (described.enum !== undefined && !described.enum.includes(value)) return [`${name}=${value} is no value of it`];
  return [];
}
