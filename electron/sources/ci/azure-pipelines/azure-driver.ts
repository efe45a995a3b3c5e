import { windowOf } from "../../audit-window.ts";
import { type HttpLimits, pullLimits, testLimits } from "../../http/http-limits.ts";
import { parseAnswer } from "../../http/json-client.ts";
import { keepAnswer, momentOf } from "../../http/kept-answer.ts";
import { createPullSteps, type KeptAnswer } from "../../pull-steps.ts";
import type { PullContext, SourceDriver } from "../../source-driver.ts";
import { type AzureClient, createAzureClient } from "./azure-client.ts";
import { AzureCursor } from "./azure-cursor.ts";
import { askIdentity } from "./azure-identity.ts";
import { outcomeOf } from "./azure-outcome.ts";
import { type AzurePull, buildsQuery } from "./azure-pull.ts";
import { BuildsPage } from "./azure-shapes.ts";
import { pullBuilds } from "./build-walk.ts";

/** Builds, timelines and approvals of one project of Azure Pipelines, over REST 7.1. */
export function createAzurePipelinesDriver(limits: HttpLimits = pullLimits): SourceDriver<"azure-pipelines"> {
  return {
    kind: "azure-pipelines",
    async test(source, context) {
      const client = createAzureClient(source, context, limits === pullLimits ? testLimits : limits);
      const { identity, access, canWrite, notes } = await askIdentity(client);
      const query = buildsQuery({ source }, windowOf(context.period), "queueTimeDescending");
      parseAnswer(BuildsPage, await client.getOfProject("build/builds", { ...query, $top: 1 }));
      return { identity, access, canWrite, notes };
    },
    async pull(source, context) {
      const client = createAzureClient(source, context, limits, (until) =>
        context.report({ what: `waiting for Azure DevOps until ${until}`, done: 0, total: null }),
      );
      const begun = AzureCursor.safeParse(context.cursor);
      const { cursor, answers } = await begin(client, context, begun.success ? begun.data : null);
      const steps = createPullSteps(context, cursor);
      await steps.save(answers, cursor);
      const leftToken = begun.success ? begun.data.token : null;
      const pull: AzurePull = { source, context, client, steps, window: windowOf(context.period), leftToken };
      await pullBuilds(pull);
      return outcomeOf(pull);
    },
  };
}

export const azurePipelinesDriver = createAzurePipelinesDriver();

async function begin(
  client: AzureClient,
  context: PullContext,
  begun: AzureCursor | null,
): Promise<{ cursor: AzureCursor; answers: readonly KeptAnswer[] }> {
  const { identity, access, notes, answers } = await askIdentity(client);
  const kept = answers.map((answer) => keepAnswer(answer, "azure-pipelines.other", context.now()));
  if (begun !== null) {
    if (begun.identity === identity) return { cursor: begun, answers: kept };
    const note = `The pull was begun as ${begun.identity} and went on as ${identity}.`;
    return { cursor: { ...begun, identity, access, notes: [...begun.notes, note] }, answers: kept };
  }
  const [first] = answers;
  const cursor: AzureCursor = {
    version: 1,
    startedAt: first === undefined ? context.now() : momentOf(first, context.now()),
    identity,
    access,
    step: "builds",
    week: 0,
    token: null,
    received: [],
    before: [],
    pending: [],
    missing: [],
    listed: 0,
    listedOfWeek: 0,
    lost: 0,
    repeated: 0,
    late: 0,
    begunAgain: false,
    counts: { builds: 0, deleted: 0, timelines: 0, approvals: 0, approvalsNamed: 0, withoutTimeline: 0 },
    notes: [...notes],
  };
  return { cursor, answers: kept };
}
