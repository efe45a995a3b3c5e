import type { DeploymentApproval, DeploymentStatus } from "../model/deployment-facts.ts";
import type { Instant } from "../model/instant.ts";

/** A deployment on its way through the gate of its environment, as its statuses tell. */
interface Passage {
  readonly deployment: string;
  readonly environment: string;
  /** Build that carried it out. */
  readonly build: string;
  /** When it was held at the gate; null when no status says that it was. */
  readonly heldAt: Instant | null;
  /** When it went on; null when it never did. */
  readonly wentOnAt: Instant | null;
}

/**
 * The answers at the gates of each deployment: those that name it, and those that name the build which carried it out.
 * GitHub knows the second kind: its reviews of a workflow run name environments, not deployments, and tell no time.
 *
 * A run waits at a gate until it is answered. So what GitHub's own status says of the deployment bounds the answer: it
 * was given after the deployment was held ("waiting") and no later than it went on. That moment, by the host's clock, is
 * taken for the time of the answer. It is left open where the statuses do not say that the deployment was held, and where
 * the run was held more often than it was approved: then an administrator let it pass, and nobody can tell which time.
 */
export function indexGates(
  approvals: readonly DeploymentApproval[],
  statuses: readonly DeploymentStatus[],
): (deployment: string) => readonly DeploymentApproval[] {
  const named = Map.groupBy(approvals, ({ deployment }) => deployment);
  const gates = new Map<string, readonly DeploymentApproval[]>();
  for (const group of groupPassages(statuses).values()) {
    const [{ build, environment }] = group;
    const answers = ofOneSource(named.get(build) ?? []).filter((answer) => answer.environment === environment);
    for (const passage of group) gates.set(passage.deployment, answersFor(passage, group, answers));
  }
  return (deployment) => [...(named.get(deployment) ?? []), ...(gates.get(deployment) ?? [])];
}

/** Passages of one build into one environment: its jobs, and its jobs when it was run again. */
function groupPassages(statuses: readonly DeploymentStatus[]): Map<string, [Passage, ...Passage[]]> {
  const groups = new Map<string, [Passage, ...Passage[]]>();
  for (const [deployment, own] of Map.groupBy(statuses, (status) => status.deployment)) {
    const passage = passageOf(deployment, own);
    if (passage.build === "" || passage.build === deployment) continue;
    const key = `${passage.build} ${passage.environment}`;
    const group = groups.get(key);
    if (group) group.push(passage);
    else groups.set(key, [passage]);
  }
  return groups;
}

function passageOf(deployment: string, statuses: readonly DeploymentStatus[]): Passage {
  const ordered = [...statuses].sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
  const held = ordered.find(({ state }) => state === "waiting");
  const wentOn = ordered.find(({ state }) => state === "in_progress" || state === "success");
  return {
    deployment,
    environment: ordered.findLast(({ environment }) => environment !== "")?.environment ?? "",
    build: ordered.findLast(({ build }) => build !== "")?.build ?? "",
    heldAt: held?.at ?? null,
    wentOnAt: wentOn?.at ?? null,
  };
}

/** The same reviews can come with two sources, and nothing in them tells two reviews by one person apart. */
function ofOneSource(answers: readonly DeploymentApproval[]): readonly DeploymentApproval[] {
  const bySource = Map.groupBy(answers, ({ origin }) => origin.source);
  return [...bySource.values()].sort((one, other) => other.length - one.length)[0] ?? [];
}

function answersFor(
  { heldAt, wentOnAt }: Passage,
  group: readonly Passage[],
  answers: readonly DeploymentApproval[],
): DeploymentApproval[] {
  const approved = answers.filter(({ decision }) => decision === "approved");
  const declined = answers.filter(({ decision }) => decision === "rejected");
  const isSure = heldAt !== null && wentOnAt !== null && approved.length >= countRounds(group);
  // Each refusal ended the run for those that it held; one more than those tells of a deployment that went on.
  const refused = group.filter((passage) => passage.wentOnAt === null).length;
  const isDeclined = wentOnAt === null || declined.length > refused;
  return [
    ...approved.map((answer) => ({ ...answer, at: answer.at ?? (isSure ? wentOnAt : null) })),
    ...(isDeclined ? declined : []),
  ];
}

/** How often the gate was answered with "go on": one answer lets all pass that it holds at the time. */
function countRounds(group: readonly Passage[]): number {
  const passed = group
    .flatMap(({ heldAt, wentOnAt }) => (wentOnAt === null ? [] : [{ from: heldAt ?? wentOnAt, to: wentOnAt }]))
    .sort((one, other) => (one.from < other.from ? -1 : one.from > other.from ? 1 : 0));
  let rounds = 0;
  let firstToGoOn = "";
  for (const { from, to } of passed) {
    if (rounds > 0 && from < firstToGoOn) {
      if (to < firstToGoOn) firstToGoOn = to;
      continue;
    }
    rounds += 1;
    firstToGoOn = to;
  }
  return rounds;
}
