import { z } from "zod";
import type { ReadFacts } from "../../model/facts.ts";
import { parseInstant } from "../../model/instant.ts";
import type { Source } from "../../model/source.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { parseJson, parseShape, readElements, unreadWhole } from "../json-evidence.ts";
import { Text } from "../shapes.ts";
import { subjectOf } from "./report-subject.ts";
import { addTest, noTests, type TestResult, testReport } from "./test-counts.ts";

const Result = z.object({
  status: z.string(),
  code_desc: Text,
  start_time: Text,
  exception: Text,
  backtrace: z.unknown(),
});
const Profile = z.object({
  name: z.string(),
  status: Text,
  controls: z.array(z.object({ id: z.string(), results: z.array(Result.partial({ backtrace: true })).nullish() })),
});
const Report = z.object({ profiles: z.array(z.unknown()) });

/** InSpec's JSON report: each profile is one report, each check of a control one test. */
export function readInspec(input: EvidenceInput, source: Source): ReadFacts {
  const document = parseJson(input);
  if ("reason" in document) return unreadWhole(input, document);
  const report = parseShape(Report, document.json);
  if ("reason" in report) return unreadWhole(input, report);
  const subject = subjectOf(input, source);
  return readElements(input, report.data.profiles, "/profiles", (element, origin) => {
    const parsed = parseShape(Profile, element);
    if ("reason" in parsed) return parsed;
    const { name, status, controls } = parsed.data;
    const counts = noTests();
    const times: string[] = [];
    for (const { id, results } of controls) {
      for (const result of results ?? []) {
        addTest(counts, [id, result.code_desc].filter(Boolean).join(": "), resultOf(result));
        const at = parseInstant(result.start_time);
        if (at !== null) times.push(at);
      }
    }
    // A profile that could not be loaded checked nothing.
    if (status === "failed") addTest(counts, name, "broke");
    const at = times.sort()[0] ?? null;
    return [testReport(origin, subject, { suite: name, tool: "InSpec", at }, counts)];
  });
}

/** A status that is not known is no pass. */
function resultOf({ status, exception }: { status: string; exception: string }): TestResult {
  if (status === "passed") return "passed";
  if (status === "skipped") return "skipped";
  return exception === "" ? "failed" : "broke";
}
