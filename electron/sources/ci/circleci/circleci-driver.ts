import { windowOf } from "../../audit-window.ts";
import { type HttpLimits, pullLimits, testLimits } from "../../http/http-limits.ts";
import { type JsonClient, parseAnswer } from "../../http/json-client.ts";
import { keepAnswer, momentOf } from "../../http/kept-answer.ts";
import { createPullSteps, type KeptAnswer } from "../../pull-steps.ts";
import type { PullContext, SourceDriver } from "../../source-driver.ts";
import { createCircleciClient, projectPath } from "./circleci-client.ts";
import { CircleciCursor } from "./circleci-cursor.ts";
import { askIdentity } from "./circleci-identity.ts";
import { outcomeOf } from "./circleci-outcome.ts";
import type { CircleciPull } from "./circleci-pull.ts";
import { PipelinesPage } from "./circleci-shapes.ts";
import { pullPipelines } from "./pipeline-walk.ts";

/** Pipelines, workflows and jobs of one project of CircleCI, over API v2. */
export function createCircleciDriver(limits: HttpLimits = pullLimits): SourceDriver<"circleci"> {
  return {
    kind: "circleci",
    async test(source, context) {
      const client = createCircleciClient(source, context, limits === pullLimits ? testLimits : limits);
      const { identity, access, canWrite, notes } = await askIdentity(client);
      parseAnswer(PipelinesPage, await client.get(`${projectPath(source)}/pipeline`));
      return { identity, access, canWrite, notes };
    },
    async pull(source, context) {
      const client = createCircleciClient(source, context, limits, (until) =>
        context.report({ what: `waiting for CircleCI until ${until}`, done: 0, total: null }),
      );
      const begun = CircleciCursor.safeParse(context.cursor);
      const { cursor, answers } = await begin(client, context, begun.success ? begun.data : null);
      const steps = createPullSteps(context, cursor);
      await steps.save(answers, cursor);
      const leftToken = begun.success ? begun.data.token : null;
      const pull: CircleciPull = { source, context, client, steps, window: windowOf(context.period), leftToken };
      await pullPipelines(pull);
      return outcomeOf(pull);
    },
  };
}

export const circleciDriver = createCircleciDriver();

async function begin(
  client: JsonClient,
  context: PullContext,
  begun: CircleciCursor | null,
): Promise<{ cursor: CircleciCursor; answers: readonly KeptAnswer[] }> {
  const { identity, access, notes, answers } = await askIdentity(client);
  const kept = answers.map((answer) => keepAnswer(answer, "circleci.other", context.now()));
  if (begun !== null) {
    if (begun.identity === identity) return { cursor: begun, answers: kept };
    const note = `The pull was begun as ${begun.identity} and went on as ${identity}.`;
    return { cursor: { ...begun, identity, access, notes: [...begun.notes, note] }, answers: kept };
  }
  const [first] = answers;
  const cursor: CircleciCursor = {
    version: 1,
    startedAt: first === undefined ? context.now() : momentOf(first, context.now()),
    identity,
    access,
    step: "pipelines",
    token: null,
    received: "",
    pending: [],
    oldest: null,
    endedEarly: false,
    gaps: [],
    gone: [],
    notAsked: 0,
    withoutCommit: 0,
    repeated: 0,
    late: 0,
    begunAgain: false,
    counts: { pipelines: 0, ofRelease: 0, workflows: 0, jobs: 0 },
    notes: [...notes],
  };
  return { cursor, answers: kept };
}
