import type { DemoFiles } from "./export-files.ts";
import { localTime } from "./moments.ts";
import type { PlannedDeployment } from "./plan-deployments.ts";
import type { Story } from "./story-schema.ts";
import { startOf } from "./switch-events.ts";

/** What the pipeline says of its deployments to production, as a Slack export has it: one file a day. */
export function releaseChannel(story: Story, deployments: readonly PlannedDeployment[]): DemoFiles {
  const { channel, from, missing } = story.operations.announcements;
  const { service } = story.deployments;
  const days = new Map<string, object[]>();
  for (const deployment of deployments) {
    const { id, environment, status, revision, finishedAt } = deployment;
    const isSaid = deployment.run && environment !== "staging" && !missing.includes(id);
    if (!isSaid || finishedAt < startOf(from)) continue;
    const day = localTime(finishedAt, "UTC").slice(0, 10);
    const message = {
      type: "message",
      subtype: "bot_message",
      bot_id: "B07DEPLOY",
      username: "northwind-deploy",
      ts: `${finishedAt + 4}.000100`,
      text: `${service} ${revision} ${status === "succeeded" ? `is live in ${environment}` : `could not be deployed to ${environment}`}`,
    };
    days.set(day, [...(days.get(day) ?? []), message]);
  }
  return new Map(
    [...days].map(([day, messages]) => [
      `export/slack/${channel}/${day}.json`,
      `${JSON.stringify(messages, null, 2)}\n`,
    ]),
  );
}
