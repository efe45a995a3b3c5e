import { z } from "zod";
import type { ReadFacts } from "../../model/facts.ts";
import type { Source } from "../../model/source.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { originOf, parseJson, parseShape, unreadWhole } from "../json-evidence.ts";
import { Text } from "../shapes.ts";
import { subjectOf } from "./report-subject.ts";
import { addTest, noTests, raiseTo, type TestResult, testReport } from "./test-counts.ts";

const Report = z.object({
  examples: z.array(z.object({ full_description: Text, description: Text, id: Text, status: z.string() })),
  summary: z
    .object({
      example_count: z.unknown().optional(),
      failure_count: z.unknown().optional(),
      pending_count: z.unknown().optional(),
      errors_outside_of_examples_count: z.unknown().optional(),
    })
    .optional(),
});

/** RSpec's own JSON, which rspec-puppet and ServerSpec write too. It carries no time. */
export function readRspec(input: EvidenceInput, source: Source): ReadFacts {
  const document = parseJson(input);
  if ("reason" in document) return unreadWhole(input, document);
  const parsed = parseShape(Report, document.json);
  if ("reason" in parsed) return unreadWhole(input, parsed);
  const { examples, summary } = parsed.data;
  const counts = noTests();
  for (const { full_description, description, id, status } of examples) {
    addTest(counts, full_description || description || id, resultOf(status));
  }
  raiseTo(counts, {
    tests: summary?.example_count,
    failures: summary?.failure_count,
    skipped: summary?.pending_count,
    // A file that could not be loaded has no examples that could fail.
    errors: summary?.errors_outside_of_examples_count,
  });
  const more = { suite: "rspec", tool: "RSpec", at: null };
  return { facts: [testReport(originOf(input, ""), subjectOf(input, source), more, counts)], unread: [] };
}

/** A status that is not known is no pass. */
function resultOf(status: string): TestResult {
  if (status === "passed") return "passed";
  return status === "pending" ? "skipped" : "failed";
}
