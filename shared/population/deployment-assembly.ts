import type { ItemCoverage } from "../model/change.ts";
import type { DeploymentItem } from "../model/deployment-item.ts";
import { hasFailed, hasSucceeded, isEndTold } from "../model/deployment-words.ts";
import type { Period } from "../model/period.ts";
import type { EarlierDeploymentView } from "../model/trail-view.ts";
import { releaseUses, viewBuild, viewGates } from "./change-assembly.ts";
import { viewReport } from "./change-trail.ts";
import type { TrailEntry } from "./deployment-trail.ts";
import { citeAs } from "./evidence-uses.ts";
import { coverGoingOn, spanWithin } from "./item-coverage.ts";
import { changeId, readArrival } from "./period-selection.ts";
import type { LineEntry } from "./release-line.ts";
import type { RepositoryContext } from "./repository-context.ts";
import { standingBuilds } from "./standing-builds.ts";

export function deploymentId(repository: string, entry: TrailEntry): string {
  return `${repository}/${entry.deployment.environment}/${entry.deployment.id}`;
}

/** Makes the item that the rules read of one production deployment. */
export function assembleDeployment(context: RepositoryContext, entry: TrailEntry, period: Period): DeploymentItem {
  const { deployment } = entry;
  const { repository } = context.facts;
  const { directory, line } = context;
  const on = (position: number | undefined) => (position === undefined ? undefined : line.entries[position]);
  const change = on(entry.position);
  const commit = entry.commit === "" ? [] : [entry.commit];
  const builds = commit.flatMap((id) => context.buildsOf(id));
  const words = announcedBy(context, entry);
  const { previous, added, removed } = context.stepOf(deployment);
  const idsOf = (entries: readonly LineEntry[]) => entries.map((each) => changeId(repository, each.commit.id));
  const beside = entry.place === "other-branch" ? line.pathToLine(entry.commit) : [];
  return {
    id: deploymentId(repository, entry),
    repository,
    environment: deployment.environment,
    at: deployment.at,
    account: directory.resolve({ system: "deploy", name: deployment.by }),
    requestedBy: directory.resolve({ system: "deploy", name: deployment.requestedBy }),
    trigger: deployment.trigger,
    byPipeline: deployment.byPipeline,
    status: deployment.status,
    revision: deployment.revision,
    revisionKind: entry.revisionKind,
    place: entry.place,
    commit: entry.commit,
    change: change ? changeId(repository, change.commit.id) : "",
    isMerge: entry.place === "release-branch" && (change?.commit.parents.length ?? 0) > 1,
    rollback: entry.rollback,
    newChanges: idsOf(context.broughtBy(deployment)),
    previous: viewPrevious(previous),
    added: idsOf(added),
    removed: idsOf(removed),
    beside: beside.map(({ id }) => id),
    failed: hasFailed(deployment),
    endKnown: isEndTold(deployment),
    artifact: context.trail.artifactOf(deployment.revision, entry.commit),
    earlier: findEarlier(context, entry),
    gates: viewGates(context, entry),
    builds: standingBuilds(builds, deployment.at).map(viewBuild),
    reports: commit.flatMap((id) => context.trail.reportsOf(id)).map(viewReport),
    announcements: context.entity.announcementsNear(deployment.at, words),
    next: findNext(context, entry),
    coverage: coverDeployment(context, entry, change, period),
    evidence: [
      ...releaseUses(entry),
      ...[...(change ? [change.commit] : []), ...beside].map(citeAs("commit")),
      ...(previous ? releaseUses(previous) : []),
      ...builds.flatMap(({ build, jobs }) => [build, ...jobs]).map(citeAs("build")),
      ...commit.flatMap((id) => context.trail.reportsOf(id)).map(citeAs("report")),
      ...context.trail.gatesOf(deployment.id).map(citeAs("deployment")),
      ...context.entity.announcementFactsNear(deployment.at, words).map(citeAs("announcement")),
    ],
  };
}

/**
 * Builds of what was deployed can be as old as its arrival. Of one that failed, all that came until it was repaired must
 * be known: somebody may have repaired it by hand in between.
 */
function coverDeployment(
  context: RepositoryContext,
  entry: TrailEntry,
  change: LineEntry | undefined,
  period: Period,
): ItemCoverage {
  const { at } = entry.deployment;
  const arrivedAt = change === undefined ? at : readArrival(change, context.requests).at;
  const [first = at] = [arrivedAt, at].sort();
  const goingOn = coverGoingOn(context, at, spanWithin(period, first, at));
  const next = findNext(context, entry);
  if (!hasFailed(entry.deployment) || !next.found) return goingOn;
  const { from, to } = spanWithin(period, at, next.at);
  const { coverage, facts } = context;
  return {
    ...goingOn,
    deployments: goingOn.deployments && coverage.coversSpan("deployments", from, to, [facts.repository, ""]),
  };
}

function viewPrevious(previous: TrailEntry | undefined): DeploymentItem["previous"] {
  if (!previous) return { found: false, id: "", revision: "", commit: "", at: "" };
  const { deployment, commit } = previous;
  return { found: true, id: deployment.id, revision: deployment.revision, commit, at: deployment.at };
}

/** Words by which an announcement can mean a deployment: its revision, and the tickets of the changes that it brought. */
function announcedBy(context: RepositoryContext, { deployment, commit }: TrailEntry): string[] {
  const texts = context.broughtBy(deployment).flatMap((entry) => entry.brought.map(({ message }) => message));
  const short = commit === "" ? [] : [commit, commit.slice(0, 7)];
  return [...new Set([deployment.revision, ...short, ...context.findKeys(texts)])];
}

/** Deployments of the same artifact, or else of the same revision, before this one. */
function findEarlier(context: RepositoryContext, { deployment, commit }: TrailEntry): EarlierDeploymentView[] {
  const artifact = context.trail.artifactOf(deployment.revision, commit);
  return context
    .deploymentsOf(deployment.revision, artifact)
    .filter(
      ({ at, id, environment }) =>
        at < deployment.at && (id !== deployment.id || environment !== deployment.environment),
    )
    .map((earlier) => ({
      id: earlier.id,
      environment: earlier.environment,
      at: earlier.at,
      byPipeline: earlier.byPipeline,
      failed: !hasSucceeded(earlier),
    }));
}

function findNext(context: RepositoryContext, { deployment }: TrailEntry): DeploymentItem["next"] {
  const next = context.deploymentHistory.find(
    (later) =>
      later.deployment.environment === deployment.environment &&
      later.deployment.at > deployment.at &&
      hasSucceeded(later.deployment),
  );
  if (!next) return { found: false, at: "", byPipeline: false, rollback: false };
  return {
    found: true,
    at: next.deployment.at,
    byPipeline: next.deployment.byPipeline,
    rollback: next.rollback,
  };
}
