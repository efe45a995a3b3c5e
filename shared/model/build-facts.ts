import { z } from "zod";
import { Login } from "./account.ts";
import { ObjectId } from "./digest.ts";
import { Instant } from "./instant.ts";
import { factBase } from "./origin.ts";

export const BuildConclusion = z.enum([
  "success",
  "failure",
  "cancelled",
  "skipped",
  "neutral",
  "timed-out",
  "unknown",
]);

export type BuildConclusion = z.infer<typeof BuildConclusion>;

/** One run of a pipeline on one commit. Times are the CI server's. */
export const Build = z.object({
  ...factBase,
  kind: z.literal("build"),
  repository: z.string(),
  id: z.string(),
  workflow: z.string(),
  event: z.string(),
  branch: z.string(),
  commit: ObjectId,
  attempt: z.number().int().positive(),
  completed: z.boolean(),
  conclusion: BuildConclusion,
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  actor: Login,
  url: z.string(),
});
export type Build = z.infer<typeof Build>;

export const BuildJob = z.object({
  ...factBase,
  kind: z.literal("build-job"),
  repository: z.string(),
  build: z.string(),
  id: z.string(),
  attempt: z.number().int().positive(),
  name: z.string(),
  completed: z.boolean(),
  conclusion: BuildConclusion,
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
});
export type BuildJob = z.infer<typeof BuildJob>;

/** What a tool for tests wrote down: how many ran, and which did not pass. */
export const TestReport = z.object({
  ...factBase,
  kind: z.literal("test-report"),
  repository: z.string(),
  /** Name of the suite, as the report gives it. */
  suite: z.string(),
  /** JUnit, RSpec, Test Kitchen, InSpec … */
  tool: z.string(),
  /** Build and commit that it belongs to, where report, file name or source say so; else empty. */
  build: z.string(),
  commit: z.string(),
  /** Null where the report carries no time. */
  at: Instant.nullable(),
  tests: z.int().nonnegative(),
  failures: z.int().nonnegative(),
  errors: z.int().nonnegative(),
  skipped: z.int().nonnegative(),
  /** Names of the tests that failed or broke, the first hundred. */
  notPassed: z.array(z.string()),
});
export type TestReport = z.infer<typeof TestReport>;
