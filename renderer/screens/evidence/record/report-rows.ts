import { z } from "zod";

/* Rows of reports, for looking at. What a rule reads comes from the fact readers, never from here. */

export interface TestRow {
  readonly outcome: "passed" | "failed" | "skipped";
  readonly name: string;
  readonly suite: string;
  readonly message: string;
}

/** @returns null for text that is no JUnit report in well-formed XML without a document type */
export function listTests(text: string): TestRow[] | null {
  // A document type can define entities that grow without end.
  if (/<!DOCTYPE/i.test(text)) return null;
  const document = new DOMParser().parseFromString(text, "application/xml");
  if (document.querySelector("parsererror")) return null;
  return [...document.querySelectorAll("testcase")].map((test) => {
    const problem = test.querySelector(":scope > failure, :scope > error");
    const isSkipped = test.querySelector(":scope > skipped") !== null;
    return {
      outcome: problem ? "failed" : isSkipped ? "skipped" : "passed",
      name: test.getAttribute("name") ?? "",
      suite: test.getAttribute("classname") ?? test.closest("testsuite")?.getAttribute("name") ?? "",
      message: problem?.getAttribute("message") ?? problem?.textContent?.trim().slice(0, 2000) ?? "",
    };
  });
}

export interface FindingRow {
  readonly level: string;
  readonly rule: string;
  readonly where: string;
  readonly message: string;
}

const Sarif = z.object({
  runs: z.array(
    z.object({
      results: z
        .array(
          z.object({
            level: z.string().default("warning"),
            ruleId: z.string().default(""),
            message: z.object({ text: z.string().default("") }).default({ text: "" }),
            locations: z
              .array(
                z.object({
                  physicalLocation: z
                    .object({
                      artifactLocation: z.object({ uri: z.string().default("") }).default({ uri: "" }),
                      region: z.object({ startLine: z.number().default(0) }).default({ startLine: 0 }),
                    })
                    .optional(),
                }),
              )
              .default([]),
          }),
        )
        .default([]),
    }),
  ),
});

/** @returns null for text that is no SARIF report */
export function listFindings(text: string): FindingRow[] | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const sarif = Sarif.safeParse(json);
  if (!sarif.success) return null;
  return sarif.data.runs.flatMap(({ results }) =>
    results.map(({ level, ruleId, message, locations }) => {
      const place = locations[0]?.physicalLocation;
      const line = place && place.region.startLine > 0 ? `:${place.region.startLine}` : "";
      return { level, rule: ruleId, where: place ? `${place.artifactLocation.uri}${line}` : "", message: message.text };
    }),
  );
}
