import { faultOf, TickmarkError } from "../../../shared/errors.ts";
import type { JsonAnswer } from "../http/attempt.ts";
import { checkAnswer, type Query } from "../http/json-client.ts";
import { keepAnswer } from "../http/kept-answer.ts";
import type { ArrivedAnswer } from "../http/page-ahead.ts";
import { readNumberSet } from "../number-set.ts";
import { type JiraCursor, newProjectWalk, type ProjectWalk } from "./jira-cursor.ts";
import { type JiraPull, projectJql, projectOf, searchPath } from "./jira-pull.ts";
import { createdOf, IssuePage, KeyPage, nextToken, numberOf } from "./jira-shapes.ts";
import { detailsOf, pullTicketDetail } from "./ticket-detail.ts";
import { guessToken } from "./token-guess.ts";

const issuesPerPage = 100;
const keysPerPage = 1000;
const missingPerPage = 50;

/** Fetches project after project: all tickets, then the keys once more to hold them against, then what was missed. */
export async function pullProjects(pull: JiraPull): Promise<void> {
  const { steps, source, context } = pull;
  while (steps.cursor.project < source.projects.length) {
    const { walk, counts } = steps.cursor;
    context.report({ what: `tickets of ${projectOf(pull)}`, done: counts.tickets, total: null });
    const [detail] = walk.details;
    if (detail !== undefined) await pullTicketDetail(pull, detail);
    else if (walk.step === "issues") await pullIssuePage(pull, walk);
    else if (walk.step === "keys") await pullKeyPage(pull, walk);
    else if (walk.missing.length > 0) await pullMissing(pull, walk);
    else await steps.save([], nextProject(pull));
  }
}

async function pullIssuePage(pull: JiraPull, walk: ProjectWalk): Promise<void> {
  const jql = `${projectJql(pull, projectOf(pull))} ORDER BY key ASC`;
  const arrived = await askPage(pull, walk, issueQuery(jql, issuesPerPage));
  if (arrived === null) return;
  const { answer } = arrived;
  const page = checkAnswer(IssuePage, answer);
  const token = nextToken(page);
  checkMovesOn(walk.token, token, answer);
  await saveIssues(pull, arrived, page, { token, step: token === null ? "keys" : "issues" });
}

/** The keys newest first, so that what moved during the first list cannot have moved the same way in this one. */
async function pullKeyPage(pull: JiraPull, walk: ProjectWalk): Promise<void> {
  const { steps } = pull;
  const jql = `${projectJql(pull, projectOf(pull))} ORDER BY key DESC`;
  const arrived = await askPage(pull, walk, { jql, fields: "created", maxResults: keysPerPage });
  if (arrived === null) return;
  const { answer, at } = arrived;
  const page = checkAnswer(KeyPage, answer);
  const token = nextToken(page);
  checkMovesOn(walk.token, token, answer);
  const received = readNumberSet(walk.received);
  const listed = readNumberSet(walk.listed);
  // A ticket raised since the pull began is no part of it; one without a readable time is fetched to be safe.
  const missing = page.issues.filter(
    (row) => !received.has(numberOf(row.key)) && (createdOf(row) ?? "") < steps.cursor.startedAt,
  );
  const keys = missing.map((row) => row.key);
  for (const row of page.issues) if (received.has(numberOf(row.key))) listed.add(numberOf(row.key));
  for (const key of keys) listed.add(numberOf(key));
  await steps.save([keepAnswer(answer, "jira.other", at, page.issues.length)], {
    ...steps.cursor,
    walk: {
      ...walk,
      token,
      step: token === null ? "missing" : "keys",
      missing: [...new Set([...walk.missing, ...keys])],
      listed: listed.spell(),
    },
  });
}

async function pullMissing(pull: JiraPull, walk: ProjectWalk): Promise<void> {
  const asked = walk.missing.slice(0, missingPerPage);
  const jql = `key in (${asked.map((key) => `"${key}"`).join(", ")}) ORDER BY key ASC`;
  const arrived = await askPage(pull, walk, issueQuery(jql, missingPerPage));
  if (arrived === null) return;
  const { answer } = arrived;
  const page = checkAnswer(IssuePage, answer);
  const token = nextToken(page);
  checkMovesOn(walk.token, token, answer);
  if (token !== null) return saveIssues(pull, arrived, page, { token });
  const received = readNumberSet(walk.received);
  for (const issue of page.issues) received.add(numberOf(issue.key));
  const lost = asked.filter((key) => !received.has(numberOf(key))).length;
  const rest = walk.missing.slice(missingPerPage);
  return saveIssues(pull, arrived, page, { token, missing: rest, lost: walk.lost + lost });
}

/** One page of a search; null when the token left by an interrupted pull is stale and the list begins again. */
async function askPage(pull: JiraPull, walk: ProjectWalk, query: Query): Promise<ArrivedAnswer | null> {
  const isServer = pull.source.flavour === "server";
  const next = isServer ? { startAt: walk.token ?? 0 } : walk.token === null ? {} : { nextPageToken: walk.token };
  const guessNext = (bytes: Uint8Array): Query | null => {
    const token = isServer ? null : guessToken(bytes);
    return token === null ? null : { ...query, nextPageToken: token };
  };
  try {
    return await pull.pages.get(searchPath(pull.source), { ...query, ...next }, guessNext);
  } catch (thrown) {
    const stale = walk.token !== null && walk.token === pull.leftToken;
    if (!stale || faultOf(thrown).code !== "http-unexpected-status") throw thrown;
    await pull.steps.save([], { ...pull.steps.cursor, walk: { ...walk, token: null, begunAgain: true } });
    return null;
  }
}

async function saveIssues(
  pull: JiraPull,
  { answer, at }: ArrivedAnswer,
  page: IssuePage,
  moved: Partial<ProjectWalk>,
): Promise<void> {
  const { steps } = pull;
  const { cursor } = steps;
  const received = readNumberSet(cursor.walk.received);
  const fresh = page.issues.filter((issue) => !received.has(numberOf(issue.key)));
  for (const issue of fresh) received.add(numberOf(issue.key));
  // Comments of a ticket that has more than its page held are counted when all of them are fetched.
  const comments = fresh
    .map((issue) => issue.fields?.comment ?? {})
    .filter(({ total = 0, comments: shown = [] }) => total <= shown.length);
  const { walk, drift } = cursor;
  const again = walk.begunAgain ? 0 : page.issues.length - fresh.length;
  await steps.save([keepAnswer(answer, "jira.issues", at, page.issues.length)], {
    ...cursor,
    drift: {
      repeated: drift.repeated + again,
      late: drift.late + (walk.step === "missing" ? fresh.length : 0),
    },
    walk: { ...cursor.walk, received: received.spell(), details: detailsOf(pull, fresh), ...moved },
    counts: {
      ...cursor.counts,
      tickets: cursor.counts.tickets + fresh.length,
      comments: cursor.counts.comments + comments.reduce((sum, comment) => sum + (comment.comments?.length ?? 0), 0),
    },
  });
}

function nextProject(pull: JiraPull): JiraCursor {
  const { cursor } = pull.steps;
  const { walk } = cursor;
  const listed = readNumberSet(walk.listed).size;
  const totals = {
    project: projectOf(pull),
    received: readNumberSet(walk.received).size,
    listed,
    listedAndReceived: listed - walk.lost,
  };
  return {
    ...cursor,
    project: cursor.project + 1,
    walk: newProjectWalk(),
    finished: [...cursor.finished, totals],
    notes: walk.begunAgain
      ? [...cursor.notes, `The list of ${totals.project} was begun again, since its page token had run out.`]
      : cursor.notes,
  };
}

function issueQuery(jql: string, maxResults: number): Query {
  return { jql, fields: "*all", expand: "changelog", maxResults };
}

function checkMovesOn(before: string | null, next: string | null, answer: JsonAnswer): void {
  if (next === null || next !== before) return;
  throw new TickmarkError(
    "response-invalid",
    `${new URL(answer.url).host} gives the same page again and again, so the list of tickets never ends.`,
    "Pull again; if it happens again, report it to whoever runs the Jira site.",
  );
}
