import { z } from "zod";
import type { Severity } from "../../model/analysis-facts.ts";
import type { ReadFacts, Unread } from "../../model/facts.ts";
import type { Source } from "../../model/source.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { originOf, parseJson, parseShape, unreadWhole } from "../json-evidence.ts";
import { Text } from "../shapes.ts";
import { type LintRemark, lintFacts } from "./lint-report.ts";
import { subjectOf } from "./report-subject.ts";

const Report = z.object({
  metadata: z.object({ rubocop_version: Text }).nullish(),
  files: z.array(z.object({ path: z.string(), offenses: z.array(z.unknown()) })),
  summary: z.object({ target_file_count: z.int().nullish(), inspected_file_count: z.int().nullish() }).nullish(),
});

const Line = z.int().nonnegative().catch(0);
const Offense = z.object({
  severity: z.string(),
  cop_name: z.string(),
  message: z.string(),
  location: z.object({ line: Line, start_line: Line, column: Line, start_column: Line }).partial().nullish(),
});

/** The JSON of RuboCop, and of Cookstyle, which is RuboCop with rules for Chef. */
export function readRubocop(input: EvidenceInput, source: Source): ReadFacts {
  const document = parseJson(input);
  if ("reason" in document) return unreadWhole(input, document);
  const parsed = parseShape(Report, document.json);
  if ("reason" in parsed) return unreadWhole(input, parsed);
  const remarks: LintRemark[] = [];
  const unread: Unread[] = [];
  for (const [index, { path, offenses }] of parsed.data.files.entries()) {
    for (const [inner, element] of offenses.entries()) {
      const origin = originOf(input, `/files/${index}/offenses/${inner}`);
      const offense = parseShape(Offense, element);
      if ("reason" in offense) unread.push({ origin, reason: offense.reason });
      else remarks.push({ origin, path, ...remarkOf(offense.data) });
    }
  }
  const isCookstyle = remarks.some(({ rule }) => rule.startsWith("Chef/"));
  const tool = {
    name: isCookstyle ? "cookstyle" : "rubocop",
    version: parsed.data.metadata?.rubocop_version ?? "",
  };
  // One that was interrupted has looked at fewer files than it was to look at; one of no files has looked at nothing.
  const { target_file_count: wanted, inspected_file_count: inspected } = parsed.data.summary ?? {};
  const isWhole = parsed.data.files.length > 0 && (inspected ?? 0) >= (wanted ?? 0);
  const facts = lintFacts(originOf(input, ""), subjectOf(input, source), tool, remarks, unread, isWhole);
  return { facts, unread };
}

function remarkOf({ severity, cop_name, message, location }: z.infer<typeof Offense>) {
  return {
    rule: cop_name,
    severity: weights.get(severity) ?? ("unknown" as const),
    message,
    line: location?.start_line ?? location?.line ?? 0,
    column: location?.start_column ?? location?.column ?? 0,
    dismissed: null,
  };
}

const weights = new Map<string, Severity>([
  ["fatal", "high"],
  ["error", "medium"],
  ["warning", "low"],
  ["convention", "note"],
  ["refactor", "note"],
  ["info", "note"],
]);
