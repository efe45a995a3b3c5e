import { TickmarkError } from "../../../shared/errors.ts";
import type { EvidenceFormat } from "../../../shared/model/evidence.ts";
import { parseAnswer } from "../http/json-client.ts";
import type { NumberSet } from "../number-set.ts";
import type { KeptAnswer } from "../pull-steps.ts";
import { askRequestParts } from "./github/github-parts.ts";
import { hasNextPage, perPage } from "./github-client.ts";
import { type GithubPull, keep } from "./github-pull.ts";
import { List, OneRequest } from "./github-shapes.ts";
import { createAsking } from "./walk/asking.ts";

const mostPages = 200;

/** One request with all its reviews and commits, stored in one step: a request is there with everything or not at all. */
export async function pullRequestDetails(pull: GithubPull, number: number, fetched: NumberSet): Promise<void> {
  const one = await pull.client.getOfRepository(`pulls/${number}`);
  checkNumber(parseAnswer(OneRequest, one).number, number);
  const reviews = await allPages(pull, `pulls/${number}/reviews`, "github.reviews");
  const commits = await allPages(pull, `pulls/${number}/commits`, "github.pull-commits");
  const { cursor } = pull.steps;
  const asking = createAsking(pull.client, pull.context, cursor.parts);
  await askRequestParts(pull.source, pull.client.repository, number, one.json, asking);
  fetched.add(number);
  await pull.steps.save([keep(pull, one, "github.pull"), ...reviews.answers, ...commits.answers, ...asking.answers], {
    ...cursor,
    parts: { ...cursor.parts, counts: asking.counts, groups: asking.groups },
    fetched: fetched.spell(),
    walk: { ...cursor.walk, pending: cursor.walk.pending.filter((pending) => pending !== number) },
    counts: {
      ...cursor.counts,
      requests: cursor.counts.requests + 1,
      reviews: cursor.counts.reviews + reviews.rows,
      commits: cursor.counts.commits + commits.rows,
    },
  });
}

async function allPages(pull: GithubPull, path: string, format: EvidenceFormat) {
  const answers: KeptAnswer[] = [];
  let rows = 0;
  for (let page = 1; page <= mostPages; page++) {
    const answer = await pull.client.getOfRepository(path, { per_page: perPage, page });
    const list = parseAnswer(List, answer);
    answers.push(keep(pull, answer, format, list.length));
    rows += list.length;
    if (!hasNextPage(answer, list.length)) return { answers, rows };
  }
  throw new TickmarkError(
    "response-invalid",
    `${path} goes on after ${mostPages} pages, more than any real request has.`,
    "Check that the source's API address is GitHub's.",
  );
}

function checkNumber(received: number, asked: number): void {
  if (received === asked) return;
  throw new TickmarkError(
    "response-invalid",
    `Asked for pull request ${asked}, the server answered with ${received}.`,
    "Check that the source's API address is GitHub's.",
  );
}
