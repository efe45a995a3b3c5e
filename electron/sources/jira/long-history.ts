import { TickmarkError } from "../../../shared/errors.ts";
import { parseAnswer } from "../http/json-client.ts";
import { keepAnswer } from "../http/kept-answer.ts";
import type { KeptAnswer } from "../pull-steps.ts";
import type { JiraPull } from "./jira-pull.ts";
import { ChangelogPage } from "./jira-shapes.ts";

const entriesPerPage = 100;
const mostPages = 1000;

/** The whole history of a ticket whose page held only the latest entries, stored in one step. */
export async function pullLongHistory(pull: JiraPull, key: string): Promise<void> {
  const { client, context, steps } = pull;
  const answers: KeptAnswer[] = [];
  let entries = 0;
  for (let more = true; more; ) {
    const answer = await client.get(`rest/api/3/issue/${encodeURIComponent(key)}/changelog`, {
      startAt: entries,
      maxResults: entriesPerPage,
    });
    const page = parseAnswer(ChangelogPage, answer);
    answers.push(keepAnswer(answer, "jira.changelog", context.now(), page.values.length));
    entries += page.values.length;
    more = page.values.length > 0 && page.isLast !== true && entries < (page.total ?? Number.POSITIVE_INFINITY);
    if (answers.length > mostPages) throw endless(key);
  }
  const { cursor } = steps;
  await steps.save(answers, {
    ...cursor,
    walk: { ...cursor.walk, longHistories: cursor.walk.longHistories.filter((pending) => pending !== key) },
    counts: { ...cursor.counts, histories: cursor.counts.histories + entries },
  });
}

function endless(key: string): TickmarkError {
  return new TickmarkError(
    "response-invalid",
    `The history of ${key} goes on after ${mostPages} pages, more than any real ticket has.`,
    "Check that the source's address is a Jira site.",
  );
}
