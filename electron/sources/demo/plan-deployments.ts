import type { Directory, Identity } from "./directory.ts";
import type { MadeRepository } from "./make-repository.ts";
import type { Seconds } from "./moments.ts";
import type { PlannedHistory } from "./planned.ts";
import { hexOf, spread } from "./spread.ts";
import type { Story, StoryDeployment } from "./story-schema.ts";

export interface PlannedDeployment {
  readonly id: string;
  readonly environment: "production" | "reporting" | "staging";
  /** As the log writes it: a tag or a commit id. */
  readonly revision: string;
  readonly previousRevision: string | null;
  /** Key of the deployed commit; null where the repository has no such revision. */
  readonly commit: string | null;
  readonly startedAt: Seconds;
  readonly finishedAt: Seconds;
  readonly status: "succeeded" | "failed";
  readonly trigger: "pipeline" | "manual";
  readonly actor: Identity;
  /** The person on whose behalf the pipeline ran; null for a deployment by hand under one's own account. */
  readonly triggeredBy: Identity | null;
  /** Whether the pipeline left a run behind. */
  readonly run: boolean;
  readonly artifact: string;
  /** The story's own entry; null for the staging deployment before it. */
  readonly told: StoryDeployment | null;
}

/** All deployments in the order in which they began. */
export function planDeployments(
  story: Story,
  directory: Directory,
  repository: MadeRepository,
  history: PlannedHistory,
): PlannedDeployment[] {
  const drafts = [
    ...story.production.map((told) => plan(story, directory, repository, history, told, told.environment)),
    ...story.production.filter((told) => told.staging && told.trigger === "pipeline").map(stagingBefore),
    ...story.staging.map((told) => plan(story, directory, repository, history, told, "staging")),
  ].toSorted((a, b) => a.startedAt - b.startedAt);
  const running = new Map<string, string>();
  return drafts.map((draft) => {
    const previousRevision = running.get(draft.environment) ?? null;
    if (draft.status === "succeeded") running.set(draft.environment, draft.revision);
    return { ...draft, previousRevision };
  });

  function stagingBefore(told: StoryDeployment): PlannedDeployment {
    const number = Number(told.id.slice(4)) - 1;
    const at = told.at - spread(`${told.id}/staging`, 1500, 2400);
    const before = { ...told, id: `dep-${String(number).padStart(4, "0")}`, at, status: "succeeded" as const };
    return { ...plan(story, directory, repository, history, before, "staging"), told: null };
  }
}

function plan(
  story: Story,
  directory: Directory,
  repository: MadeRepository,
  history: PlannedHistory,
  told: StoryDeployment,
  environment: PlannedDeployment["environment"],
): PlannedDeployment {
  const id = told.change ?? story.tags.find((tag) => tag.tag === told.tag)?.change;
  const change = history.find((planned) => planned.story.id === id);
  const commit = (change?.arrival ?? change?.commits.at(-1))?.key ?? null;
  const made = commit === null ? undefined : repository.commits.get(commit);
  const revision = told.tag ?? told.revision ?? made?.id ?? "";
  const byHand = told.trigger === "manual" && told.actor === undefined;
  const actor = directory.of(told.actor ?? (byHand ? told.by : story.deployments.pipeline));
  const isPipeline = actor.person === story.deployments.pipeline;
  return {
    id: told.id,
    environment,
    revision,
    previousRevision: null,
    commit,
    startedAt: told.at,
    finishedAt: told.at + spread(`${told.id}/took`, 150, 420),
    status: told.status,
    trigger: told.trigger,
    actor,
    triggeredBy: byHand ? null : directory.of(told.by),
    run: told.trigger === "pipeline" && isPipeline && made !== undefined,
    artifact: `sha256:${hexOf(`artifact/${made?.id ?? revision}`, 64)}`,
    told,
  };
}
