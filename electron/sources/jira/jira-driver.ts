import { TickmarkError } from "../../../shared/errors.ts";
import type { SourceOf } from "../../../shared/model/source.ts";
import { type HttpLimits, pullLimits, testLimits } from "../http/http-limits.ts";
import { type JsonClient, parseAnswer } from "../http/json-client.ts";
import { keepAnswer, momentOf } from "../http/kept-answer.ts";
import { createPageAhead } from "../http/page-ahead.ts";
import { createPullSteps, type KeptAnswer } from "../pull-steps.ts";
import type { PullContext, SourceDriver } from "../source-driver.ts";
import { createJiraClient } from "./jira-client.ts";
import { JiraCursor, newProjectWalk } from "./jira-cursor.ts";
import { askIdentity } from "./jira-identity.ts";
import { outcomeOf } from "./jira-outcome.ts";
import { apiPath, type JiraPull, projectJql, searchPath } from "./jira-pull.ts";
import { accountOf, KeyPage, Myself } from "./jira-shapes.ts";
import { pullProjects } from "./project-walk.ts";

/** Tickets with their history, comments, approvals and links: of Jira Cloud over REST v3, of a Jira Server over v2. */
export function createJiraDriver(limits: HttpLimits = pullLimits): SourceDriver<"jira"> {
  return {
    kind: "jira",
    async test(source, context) {
      const client = createJiraClient(source, context, limits === pullLimits ? testLimits : limits);
      const { identity, access, canWrite, notes } = await askIdentity(client, source);
      for (const project of source.projects) {
        const query = { jql: projectJql({ context }, project), fields: "created", maxResults: 1 };
        parseAnswer(KeyPage, await client.get(searchPath(source), query));
      }
      return { identity, access, canWrite, notes };
    },
    async pull(source, context) {
      const client = createJiraClient(source, context, limits, (until) =>
        context.report({ what: `waiting for Jira's quota until ${until}`, done: 0, total: null }),
      );
      const begun = JiraCursor.safeParse(context.cursor);
      const { cursor, answers } = await begin(source, client, context, begun.success ? begun.data : null);
      const steps = createPullSteps(context, cursor);
      await steps.save(answers, cursor);
      const pages = createPageAhead(client, () => context.now());
      const pull = { source, context, client, pages, steps, leftToken: begun.success ? begun.data.walk.token : null };
      await pullProjects(pull).finally(pages.abandon);
      await checkSameAccount(pull);
      return outcomeOf(pull);
    },
  };
}

export const jiraDriver = createJiraDriver();

async function begin(
  source: SourceOf<"jira">,
  client: JsonClient,
  context: PullContext,
  begun: JiraCursor | null,
): Promise<{ cursor: JiraCursor; answers: readonly KeptAnswer[] }> {
  const who = await askIdentity(client, source);
  const answers = who.answers.map((answer) => keepAnswer(answer, "jira.other", context.now()));
  if (begun !== null) return { cursor: withIdentity(begun, who), answers };
  const [first] = who.answers;
  const cursor: JiraCursor = {
    version: 2,
    startedAt: first === undefined ? context.now() : momentOf(first, context.now()),
    account: who.account,
    identity: who.identity,
    access: who.access,
    ...nothingPulled(),
    notes: who.notes,
  };
  return { cursor, answers };
}

function withIdentity(cursor: JiraCursor, who: { account: string; identity: string; access: string }): JiraCursor {
  if (who.account === cursor.account) return cursor;
  const note = `The pull was begun as ${cursor.identity} and went on as ${who.identity}.`;
  const { account, identity, access } = who;
  return { ...cursor, account, identity, access, notes: [...cursor.notes, note] };
}

/**
 * A token that ran out during the pull may have turned it into a stranger's, who sees fewer tickets. Nobody can tell
 * from when on, so the pull then begins again.
 */
async function checkSameAccount({ source, client, context, steps }: JiraPull): Promise<void> {
  const answer = await client.get(apiPath(source, "myself"));
  const isSame = accountOf(parseAnswer(Myself, answer)) === steps.cursor.account;
  const kept = keepAnswer(answer, "jira.other", context.now());
  await steps.save([kept], isSame ? steps.cursor : { ...steps.cursor, ...nothingPulled() });
  if (isSame) return;
  throw new TickmarkError(
    "http-unauthorised",
    `${client.baseUrl.host} knew the account at the beginning of the pull and does not at its end, so tickets may be missing.`,
    "Check the token, then pull again: this source is then read from its beginning.",
  );
}

function nothingPulled() {
  return {
    project: 0,
    walk: newProjectWalk(),
    finished: [],
    counts: { tickets: 0, histories: 0, comments: 0, approvals: 0, links: 0 },
    drift: { repeated: 0, late: 0 },
    refused: {},
  };
}
