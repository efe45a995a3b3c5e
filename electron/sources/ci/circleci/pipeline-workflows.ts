import type { z } from "zod";
import { TickmarkError } from "../../../../shared/errors.ts";
import type { JsonAnswer } from "../../http/attempt.ts";
import { parseAnswer } from "../../http/json-client.ts";
import type { KeptAnswer } from "../../pull-steps.ts";
import type { PendingPipeline } from "./circleci-cursor.ts";
import { type CircleciPull, keep } from "./circleci-pull.ts";
import { JobsPage, WorkflowsPage } from "./circleci-shapes.ts";

const mostPages = 100;

/** One pipeline's workflows and their jobs, stored in one step: a pipeline is there with everything or not at all. */
export async function pullWorkflows(pull: CircleciPull, pipeline: PendingPipeline): Promise<void> {
  const { id, ...about } = pipeline;
  const answers: KeptAnswer[] = [];
  const workflows: string[] = [];
  let jobs = 0;
  for await (const { answer, page } of pagesOf(pull, `pipeline/${encodeURIComponent(id)}/workflow`, WorkflowsPage)) {
    answers.push(keep(pull, answer, "circleci.workflows", page.items.length, about));
    workflows.push(...page.items.map((workflow) => workflow.id));
  }
  for (const build of workflows) {
    for await (const { answer, page } of pagesOf(pull, `workflow/${encodeURIComponent(build)}/job`, JobsPage)) {
      answers.push(keep(pull, answer, "circleci.jobs", page.items.length, { build }));
      jobs += page.items.length;
    }
  }
  const { cursor } = pull.steps;
  const { counts } = cursor;
  await pull.steps.save(answers, {
    ...cursor,
    pending: cursor.pending.filter((pending) => pending.id !== id),
    counts: { ...counts, workflows: counts.workflows + workflows.length, jobs: counts.jobs + jobs },
  });
}

async function* pagesOf<T extends { next_page_token?: string | null | undefined }>(
  { client }: CircleciPull,
  path: string,
  schema: z.ZodType<T>,
): AsyncGenerator<{ answer: JsonAnswer; page: T }> {
  let token: string | null = null;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const answer: JsonAnswer = await client.get(path, token === null ? {} : { "page-token": token });
    const page: T = parseAnswer(schema, answer);
    yield { answer, page };
    token = page.next_page_token || null;
    if (token === null) return;
  }
  throw new TickmarkError(
    "response-invalid",
    `${path} goes on after ${mostPages} pages, more than any real pipeline has.`,
    "Check that the source's API address is CircleCI's.",
  );
}
