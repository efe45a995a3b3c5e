import type { Directory } from "./directory.ts";
import { zuluTime } from "./moments.ts";
import type { PlannedDeployment } from "./plan-deployments.ts";
import { spread, uuidOf } from "./spread.ts";
import type { Story } from "./story-schema.ts";

/**
 * Answers at the pipeline's gate before production, as CDEvents, one a line. Unless the story says otherwise a release
 * authority who did not ask for the deployment let it pass.
 */
export function gateEvents(story: Story, directory: Directory, deployments: readonly PlannedDeployment[]): string {
  return deployments
    .filter(({ environment, run }) => environment === "production" && run)
    .flatMap((deployment) => {
      const told = story.operations.gates[deployment.id];
      if (told === "nobody") return [];
      const by = directory.of(told?.by ?? colleagueOf(story, deployment));
      const before = spread(`${deployment.id}/gate`, 240, 900);
      const at = told?.afterwards ? deployment.finishedAt + 5400 : deployment.startedAt - before;
      return [`${JSON.stringify(eventOf(deployment.id, at, by.login ?? by.person))}\n`];
    })
    .join("");
}

function colleagueOf(story: Story, { triggeredBy }: PlannedDeployment): string {
  const authorities = story.people.persons.filter(({ roles }) => roles.includes("release-authority"));
  return authorities.find(({ id }) => id !== triggeredBy?.person)?.id ?? "";
}

function eventOf(deployment: string, at: number, responder: string) {
  return {
    context: {
      specversion: "0.5.0",
      id: uuidOf(`gate/${deployment}`),
      source: "/pipeline/ledger-core",
      type: "dev.cdevents.approval.closed.0.1.0",
      timestamp: zuluTime(at),
    },
    subject: {
      id: `gate-${deployment}`,
      type: "approval",
      content: { responder, decision: "approved", resourceTargetUrl: deployment },
    },
  };
}
