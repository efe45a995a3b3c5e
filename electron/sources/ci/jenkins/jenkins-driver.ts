import { windowOf } from "../../audit-window.ts";
import { type HttpLimits, pullLimits, testLimits } from "../../http/http-limits.ts";
import { type JsonClient, parseAnswer } from "../../http/json-client.ts";
import { keepAnswer, momentOf } from "../../http/kept-answer.ts";
import { createPullSteps, type KeptAnswer } from "../../pull-steps.ts";
import type { PullContext, SourceDriver } from "../../source-driver.ts";
import { pullJobs } from "./build-walk.ts";
import { createJenkinsClient, jobPath } from "./jenkins-client.ts";
import { JenkinsCursor, newJobWalk } from "./jenkins-cursor.ts";
import { askIdentity } from "./jenkins-identity.ts";
import { outcomeOf } from "./jenkins-outcome.ts";
import type { JenkinsPull } from "./jenkins-pull.ts";
import { Job } from "./jenkins-shapes.ts";

/** Builds and pipeline stages of jobs of a Jenkins, over its JSON. */
export function createJenkinsDriver(limits: HttpLimits = pullLimits): SourceDriver<"jenkins"> {
  return {
    kind: "jenkins",
    async test(source, context) {
      const client = createJenkinsClient(source, context, limits === pullLimits ? testLimits : limits);
      const { identity, access, canWrite, notes } = await askIdentity(client);
      for (const job of source.jobs) {
        parseAnswer(Job, await client.get(`${jobPath(job)}/api/json`, { tree: "fullName,nextBuildNumber" }));
      }
      return { identity, access, canWrite, notes };
    },
    async pull(source, context) {
      const client = createJenkinsClient(source, context, limits, (until) =>
        context.report({ what: `waiting for Jenkins until ${until}`, done: 0, total: null }),
      );
      const { cursor, answers } = await begin(client, context);
      const steps = createPullSteps(context, cursor);
      await steps.save(answers, cursor);
      const pull: JenkinsPull = { source, context, client, steps, window: windowOf(context.period) };
      await pullJobs(pull);
      return outcomeOf(pull);
    },
  };
}

export const jenkinsDriver = createJenkinsDriver();

async function begin(
  client: JsonClient,
  context: PullContext,
): Promise<{ cursor: JenkinsCursor; answers: readonly KeptAnswer[] }> {
  const begun = JenkinsCursor.safeParse(context.cursor);
  const { identity, access, notes, answers } = await askIdentity(client);
  const kept = answers.map((answer) => keepAnswer(answer, "jenkins.other", context.now()));
  if (begun.success) {
    const cursor = begun.data;
    if (cursor.identity === identity) return { cursor, answers: kept };
    const note = `The pull was begun as ${cursor.identity} and went on as ${identity}.`;
    return { cursor: { ...cursor, identity, access, notes: [...cursor.notes, note] }, answers: kept };
  }
  const [first] = answers;
  const cursor: JenkinsCursor = {
    version: 1,
    startedAt: first === undefined ? context.now() : momentOf(first, context.now()),
    identity,
    access,
    job: 0,
    walk: newJobWalk(),
    finished: [],
    counts: { builds: 0, stages: 0 },
    notes: [...notes],
  };
  return { cursor, answers: kept };
}
