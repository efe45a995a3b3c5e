import { z } from "zod";
import type { Severity } from "../../model/analysis-facts.ts";
import type { ReadFacts, Unread } from "../../model/facts.ts";
import type { Source } from "../../model/source.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { originOf, parseJson, parseShape, unreadWhole } from "../json-evidence.ts";
import { textOf } from "../line-evidence.ts";
import { List, Text } from "../shapes.ts";
import { type LintRemark, lintFacts } from "./lint-report.ts";
import { subjectOf } from "./report-subject.ts";

const tool = { name: "puppet-lint", version: "" };

const Problem = z.object({
  kind: z.string(),
  check: Text,
  message: z.string(),
  line: z.int().nonnegative().catch(0),
  column: z.int().nonnegative().catch(0),
  path: Text,
  fullpath: Text,
  filename: Text,
  reason: Text,
});

/** puppet-lint's JSON: a list of problems, or one list for each file. */
export function readPuppetLintJson(input: EvidenceInput, source: Source): ReadFacts {
  const document = parseJson(input);
  if ("reason" in document) return unreadWhole(input, document);
  const list = parseShape(List, document.json);
  if ("reason" in list) return unreadWhole(input, list);
  const remarks: LintRemark[] = [];
  const unread: Unread[] = [];
  const take = (element: unknown, place: string): void => {
    const origin = originOf(input, place);
    const parsed = parseShape(Problem, element);
    if ("reason" in parsed) unread.push({ origin, reason: parsed.reason });
    else remarks.push({ origin, ...remarkOf(parsed.data) });
  };
  for (const [index, element] of list.data.entries()) {
    if (Array.isArray(element)) for (const [inner, one] of element.entries()) take(one, `/${index}/${inner}`);
    else take(element, `/${index}`);
  }
  const facts = lintFacts(originOf(input, ""), subjectOf(input, source), tool, remarks, unread);
  return { facts, unread };
}

// "manifests/init.pp - WARNING: message on line 3 (check: name)"; the path and the check came with later versions.
const written =
  /^(?:(.+?) - )?(WARNING|ERROR|FIXED|IGNORED): (.+?)(?: on line (\d{1,9})(?: col(?:umn)? (\d{1,9}))?)?(?: \(check: ([\w-]+)\))?$/;

/** puppet-lint's text, one remark a line. */
export function readPuppetLintText(input: EvidenceInput, source: Source): ReadFacts {
  const document = textOf(input);
  if ("reason" in document) return unreadWhole(input, document);
  const remarks: LintRemark[] = [];
  const unread: Unread[] = [];
  for (const [index, line] of document.text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const origin = originOf(input, `line ${index + 1}`);
    const [, path = "", kind, message = "", at = "0", column = "0", check = ""] = written.exec(line.trim()) ?? [];
    if (kind === undefined) unread.push({ origin, reason: "it is no remark of puppet-lint" });
    else {
      const place = { path, line: Number(at), column: Number(column) };
      remarks.push({
        origin,
        rule: check,
        severity: severityOf(kind),
        message,
        ...place,
        dismissed: dismissal(kind, ""),
      });
    }
  }
  const facts = lintFacts(originOf(input, ""), subjectOf(input, source), tool, remarks, unread);
  return { facts, unread };
}

function remarkOf(problem: z.infer<typeof Problem>): Omit<LintRemark, "origin"> {
  const { kind, check, message, line, column, path, fullpath, filename, reason } = problem;
  return {
    rule: check,
    severity: severityOf(kind),
    message,
    path: path || fullpath || filename,
    line,
    column,
    dismissed: dismissal(kind, reason),
  };
}

function severityOf(kind: string): Severity {
  const weights: Readonly<Record<string, Severity>> = { error: "medium", warning: "low", ignored: "low", fixed: "low" };
  return weights[kind.toLowerCase()] ?? "unknown";
}

function dismissal(kind: string, reason: string): string | null {
  return kind.toLowerCase() === "ignored" ? reason : null;
}
