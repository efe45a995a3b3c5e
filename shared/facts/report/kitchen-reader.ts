import { z } from "zod";
import type { ReadFacts } from "../../model/facts.ts";
import type { Instant } from "../../model/instant.ts";
import type { Source } from "../../model/source.ts";
import { readTime } from "../../model/written-time.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { originOf, parseJson, parseShape, unreadWhole } from "../json-evidence.ts";
import { textOf } from "../line-evidence.ts";
import { List, Text } from "../shapes.ts";
import { subjectOf } from "./report-subject.ts";
import { addTest, noTests, type TestResult, testReport } from "./test-counts.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: a log of a terminal colours its lines with escape sequences
const colours = /\u001b\[[0-9;]*m/g;
const written = /^[DIWEF], \[(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?) #\d+\]/;
const begun = /-----> (?:Creating|Converging|Setting up|Verifying|Testing) <([^>]+)>/;
const verified = /Finished verifying <([^>]+)>/;
const failed = /(Create|Converge|Setup|Verify|Destroy|Test) failed on instance <([^>]+)>/i;
const broke = /(?:Failed to complete|Kitchen::\w+ raised).*#(create|converge|setup|verify) action.*<([^>]+)>/i;

/**
 * A log of Test Kitchen. Each instance is one test: it passed when its verifying came to its end and no later line says
 * that it failed. One that was begun and never verified broke: whatever stopped it, nothing was tested.
 */
export function readKitchenLog(input: EvidenceInput, source: Source): ReadFacts {
  const document = textOf(input);
  if ("reason" in document) return unreadWhole(input, document);
  const results = new Map<string, TestResult>();
  let at: Instant | null = null;
  for (const raw of document.text.split(/\r?\n/)) {
    const line = raw.replace(colours, "");
    at ??= timeIn(line, input);
    const [, started] = begun.exec(line) ?? [];
    if (started !== undefined && !results.has(started)) results.set(started, "broke");
    const [, passed] = verified.exec(line) ?? [];
    if (passed !== undefined && results.get(passed) !== "failed") results.set(passed, "passed");
    const [, action = "", instance] = failed.exec(line) ?? broke.exec(line) ?? [];
    if (instance !== undefined) results.set(instance, /^verify$/i.test(action) ? "failed" : "broke");
  }
  if (results.size === 0) return unreadWhole(input, { reason: "it names no instance" });
  return report(input, source, results, at);
}

const Instance = z.object({ instance: z.string(), last_action: Text, last_error: Text });

/** `kitchen list --json`: how far each instance got. One that was never created is skipped. */
export function readKitchenList(input: EvidenceInput, source: Source): ReadFacts {
  const document = parseJson(input);
  if ("reason" in document) return unreadWhole(input, document);
  const list = parseShape(List, document.json);
  if ("reason" in list) return unreadWhole(input, list);
  const results = new Map<string, TestResult>();
  for (const [index, element] of list.data.entries()) {
    const parsed = parseShape(Instance, element);
    if ("reason" in parsed) return unreadWhole(input, { reason: `${index}/${parsed.reason}` });
    results.set(parsed.data.instance, resultOf(parsed.data));
  }
  return report(input, source, results, null);
}

function resultOf({ last_action: action, last_error: error }: z.infer<typeof Instance>): TestResult {
  if (error !== "") return "broke";
  if (action === "" || action === "<Not Created>") return "skipped";
  return /^verif/i.test(action) ? "passed" : "broke";
}

function report(
  input: EvidenceInput,
  source: Source,
  results: ReadonlyMap<string, TestResult>,
  at: Instant | null,
): ReadFacts {
  const counts = noTests();
  for (const [instance, result] of results) addTest(counts, instance, result);
  const more = { suite: "kitchen", tool: "Test Kitchen", at };
  return { facts: [testReport(originOf(input, ""), subjectOf(input, source), more, counts)], unread: [] };
}

function timeIn(line: string, input: EvidenceInput): Instant | null {
  const time = written.exec(line)?.[1];
  const read = time === undefined ? null : readTime(time, input.reading);
  return read !== null && "at" in read ? read.at : null;
}
