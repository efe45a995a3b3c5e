import { z } from "zod";
import { OptionalTime, Text } from "../shapes.ts";

/** The parts of a SARIF log that are read (OASIS SARIF 2.1.0; section numbers are the standard's). */

const Properties = z
  .looseObject({ "security-severity": z.unknown(), "tags": z.unknown() })
  .partial()
  .nullish()
  .catch(null);

/** 3.49 */
export const Rule = z.object({
  id: z.string(),
  defaultConfiguration: z.object({ level: Text }).nullish(),
  /** 3.49.15: to rules elsewhere, such as the weakness of a list that it looks for. */
  relationships: z
    .array(z.object({ target: z.object({ toolComponent: z.object({ name: Text }).nullish() }).nullish() }))
    .nullish()
    .catch(null),
  properties: Properties,
});
export type Rule = z.infer<typeof Rule>;

const Component = z.object({
  name: Text,
  version: Text,
  semanticVersion: Text,
  rules: z.array(Rule.nullable().catch(null)).nullish(),
});
export type Component = z.infer<typeof Component>;

/** 3.54 */
const RuleReference = z.object({
  id: Text,
  index: z.int().optional(),
  toolComponent: z.object({ index: z.int().optional(), name: Text }).nullish(),
});

/** 3.35 */
const Suppression = z.object({ status: Text, justification: Text });

/** 3.27 */
export const Result = z.object({
  ruleId: Text,
  ruleIndex: z.int().optional(),
  rule: RuleReference.nullish(),
  kind: Text,
  level: Text,
  message: z.object({ text: Text, markdown: Text, id: Text }),
  locations: z
    .array(
      z.object({
        physicalLocation: z
          .object({
            artifactLocation: z.object({ uri: Text }).nullish(),
            region: z.object({ startLine: z.int().nonnegative().optional() }).nullish(),
          })
          .nullish(),
      }),
    )
    .nullish(),
  suppressions: z.array(Suppression).nullish(),
  baselineState: Text,
  fingerprints: z.record(z.string(), z.string()).nullish(),
  partialFingerprints: z.record(z.string(), z.string()).nullish(),
  guid: Text,
  properties: Properties,
});
export type Result = z.infer<typeof Result>;

/** 3.14 */
export const Run = z.object({
  tool: z.object({ driver: Component, extensions: z.array(Component).nullish() }),
  automationDetails: z.object({ id: Text }).nullish(),
  versionControlProvenance: z.array(z.object({ revisionId: Text })).nullish(),
  invocations: z
    .array(
      z.object({ executionSuccessful: z.boolean().optional(), startTimeUtc: OptionalTime, endTimeUtc: OptionalTime }),
    )
    .nullish(),
  /** Null: nothing could be looked at. Absent: they are somewhere else. */
  results: z.array(z.unknown()).nullish(),
});
export type Run = z.infer<typeof Run>;

export const Log = z.object({ version: z.string(), runs: z.array(z.unknown()) });
