import { z } from "zod";
import { Login } from "./account.ts";
import { Instant } from "./instant.ts";
import { factBase } from "./origin.ts";

/** Weight of a finding, from the tool's own scale; `none` where it says that it is none. */
export const Severity = z.enum(["critical", "high", "medium", "low", "note", "none", "unknown"]);
export type Severity = z.infer<typeof Severity>;

/** One run of static analysis or of a lint tool: what makes "no finding" a statement and not a gap. */
export const AnalysisRun = z.object({
  ...factBase,
  kind: z.literal("analysis-run"),
  repository: z.string(),
  /** The number under which a host keeps it; a report has none. */
  id: z.string().optional(),
  tool: z.string(),
  /** Which part of the code it looked at, or with which settings, where a host tells several runs of one tool apart. */
  category: z.string().optional(),
  toolVersion: z.string(),
  /** `security` looks for weaknesses, `lint` for style and errors. */
  sort: z.enum(["security", "lint", "unknown"]),
  /** Empty where the report names none. */
  build: z.string(),
  commit: z.string(),
  at: Instant.nullable(),
  /** False: the tool says that it did not come to its end. */
  succeeded: z.boolean(),
  findings: z.int().nonnegative(),
});
export type AnalysisRun = z.infer<typeof AnalysisRun>;

/** One finding of static analysis, from a report of one commit or from a host that follows it over time. */
export const AnalysisFinding = z.object({
  ...factBase,
  kind: z.literal("analysis-finding"),
  repository: z.string(),
  id: z.string(),
  tool: z.string(),
  rule: z.string(),
  severity: Severity,
  message: z.string(),
  path: z.string(),
  line: z.int().nonnegative(),
  commit: z.string(),
  state: z.enum(["open", "fixed", "dismissed"]),
  /** Null in a report of one commit, where the run's time says it. */
  openedAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  closedBy: Login,
  /** Why it was dismissed. */
  reason: z.string(),
});
export type AnalysisFinding = z.infer<typeof AnalysisFinding>;
