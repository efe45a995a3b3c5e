import { TickmarkError } from "../../../shared/errors.ts";
import { parseAnswer } from "../http/json-client.ts";
import type { NumberSet } from "../number-set.ts";
import { askRequestParts } from "./github/github-parts.ts";
import { type GithubPull, keep } from "./github-pull.ts";
import { OneRequest } from "./github-shapes.ts";
import { addDeclared, createAsking } from "./walk/asking.ts";
import { numberedPages } from "./walk/pages.ts";
import { readWholeList } from "./walk/whole-list.ts";

/** As many commits as GitHub lists of a request, however many it counts. */
const mostCommits = 250;

/** One request with all its reviews and commits, stored in one step: a request is there with everything or not at all. */
export async function pullRequestDetails(pull: GithubPull, number: number, fetched: NumberSet): Promise<void> {
  const { client, context, source } = pull;
  const one = await client.getOfRepository(`pulls/${number}`);
  const request = parseAnswer(OneRequest, one);
  checkNumber(request.number, number);
  const path = `${client.repository}/pulls/${number}`;
  const reviews = await readWholeList(client, context, numberedPages(`${path}/reviews`, "github.reviews"));
  const counted = request.commits ?? null;
  const listed = counted === null ? null : Math.min(counted, mostCommits);
  const commits = await readWholeList(client, context, numberedPages(`${path}/commits`, "github.pull-commits"), listed);
  const { cursor } = pull.steps;
  const { parts } = cursor;
  const asking = createAsking(client, context, parts, "comments and checks of pull requests");
  await askRequestParts(source, client.repository, number, one.json, asking);
  fetched.add(number);
  const sums = addDeclared(parts.declared["commits of pull requests"], counted ?? 0, commits.rows.length);
  await pull.steps.save([keep(pull, one, "github.pull"), ...reviews.answers, ...commits.answers, ...asking.answers], {
    ...cursor,
    parts: {
      ...parts,
      counts: asking.counts,
      groups: asking.groups,
      declared: { ...asking.declared, ...(counted === null ? {} : { "commits of pull requests": sums }) },
      notes: [...asking.notes, ...[reviews.note, commits.note].filter((note) => note !== null)],
    },
    fetched: fetched.spell(),
    walk: { ...cursor.walk, pending: cursor.walk.pending.filter((pending) => pending !== number) },
    counts: {
      ...cursor.counts,
      requests: cursor.counts.requests + 1,
      reviews: cursor.counts.reviews + reviews.rows.length,
      commits: cursor.counts.commits + commits.rows.length,
    },
  });
}

function checkNumber(received: number, asked: number): void {
  if (received === asked) return;
  throw new TickmarkError(
    "response-invalid",
    `Asked for pull request ${asked}, the server answered with ${received}.`,
    "Check that the source's API address is GitHub's.",
  );
}
