import { factsOf } from "../facts/fact-set.ts";
import { hasFailed } from "../model/deployment-words.ts";
import type { EvidenceUse } from "../model/evidence.ts";
import { type Instant, instantOf, millisecondsOf } from "../model/instant.ts";
import type { Period } from "../model/period.ts";
import { isWithin } from "../model/period.ts";
import type { AccessEvent, ConvergenceRun, DetectedChange } from "../model/production-facts.ts";
import type { AccessEventItem, DetectedChangeItem, ExplanationView } from "../model/production-item.ts";
import { coverMoment, coverSpan, type EntityContext } from "./entity-context.ts";
import { citeAs, distinctUses } from "./evidence-uses.ts";
import { distinct } from "./fact-groups.ts";

/**
 * Events of production's access logs in the period, each once. What was done in a session was done by whoever opened it,
 * where the log tells that: its own name is of their choice.
 */
export function assembleAccessEvents(context: EntityContext, period: Period): AccessEventItem[] {
  const events = distinct(factsOf(context.facts, "access-event"), ({ log, host, id }) => `${log}/${host}/${id}`);
  const openerOf = new Map(
    events.flatMap((event) => (event.opens === undefined ? [] : [[event.opens, event] as const])),
  );
  return events
    .filter(({ at }) => isWithin(period, at))
    .map((fact) => ({ fact, openers: openersOf(fact, openerOf) }))
    .map(({ fact, openers }) => ({
      id: `${fact.log}/${fact.host}/${fact.id}`,
      log: fact.log,
      host: fact.host,
      at: fact.at,
      by: context.directory.resolve({ system: "production", name: openers.at(-1)?.by ?? fact.by }),
      as: fact.as,
      action: fact.action,
      what: fact.what,
      writes: fact.writes === null ? "unknown" : fact.writes ? "yes" : "no",
      from: fact.from,
      coverage: coverMoment(context.coverage, fact.at),
      evidence: distinctUses([fact, ...openers].map(citeAs("production"))),
    }));
}

/** Who opened the session, and in whose session that was done, back to the first. */
function openersOf(event: AccessEvent, openerOf: ReadonlyMap<string, AccessEvent>): AccessEvent[] {
  const openers = new Set<AccessEvent>();
  for (
    let opener = openerOf.get(event.session ?? "");
    opener !== undefined;
    opener = openerOf.get(opener.session ?? "")
  ) {
    if (openers.has(opener)) break;
    openers.add(opener);
  }
  return [...openers];
}

/** A change without a run before it may be as old as a day: detectors run daily where nobody says otherwise. */
const usualGap = 24 * 3_600_000;
/** No run takes longer; one whose end is not known may have taken as long. */
const longestRun = 24 * 3_600_000;

/** Changes that detectors found in the period, each with what may have made it. */
export function assembleDetectedChanges(context: EntityContext, period: Period): DetectedChangeItem[] {
  const found = distinct(factsOf(context.facts, "detected-change"), detectedChangeId);
  const runs = Map.groupBy(
    distinct(factsOf(context.facts, "convergence-run"), ({ tool, host, id }) => `${tool} ${host} ${id}`),
    ({ host }) => host.toLowerCase(),
  );
  return found
    .filter(({ at }) => isWithin(period, at))
    .map((fact) => {
      const since = fact.since ?? later(fact.at, -usualGap);
      const converged = (runs.get(fact.host.toLowerCase()) ?? []).filter((run) => isBetween(run, since, fact.at));
      const explanations = explain(context, fact, converged, since);
      return {
        id: detectedChangeId(fact),
        detector: fact.detector,
        host: fact.host,
        at: fact.at,
        since: fact.since ?? "",
        what: fact.what,
        path: fact.path,
        detail: fact.detail,
        severity: fact.severity,
        explanations: explanations.views,
        coverage: {
          ...coverSpan(context.coverage, since, fact.at),
          deployments: context.coverage.coversSpanOfAll("deployments", since, fact.at),
          // A run that began before may have gone on into the time between the detector's runs.
          convergence: context.coverage.coversSpanOfAll("convergence", later(since, -longestRun), fact.at),
        },
        evidence: distinctUses([citeAs("production")(fact), ...explanations.evidence]),
      };
    });
}

export function detectedChangeId({ detector, host, at, path, id }: DetectedChange): string {
  return `${detector}/${host}/${at}/${path}${id === "" ? "" : `/${id}`}`;
}

/** Whether a run may have changed something between two moments. One that failed did what it did until then. */
function isBetween(run: ConvergenceRun, since: Instant, at: Instant): boolean {
  const mayChange = run.outcome === "changed" || run.outcome === "failed";
  return mayChange && (run.finishedAt ?? later(run.startedAt, longestRun)) >= since && run.startedAt <= at;
}

function later(moment: Instant, milliseconds: number): Instant {
  return instantOf(millisecondsOf(moment) + milliseconds);
}

function explain(
  context: EntityContext,
  { path, at }: DetectedChange,
  converged: readonly ConvergenceRun[],
  since: Instant,
): { views: ExplanationView[]; evidence: EvidenceUse[] } {
  const ofRuns = converged.map(
    (run): ExplanationView => ({
      by: "convergence",
      id: run.id,
      at: run.startedAt,
      within: run.startedAt >= since,
      byPipeline: true,
      namesPath: run.changed.some((resource) => namesPath(resource, path)),
      onReleaseBranch: context.repositories.some(({ line, facts }) => isOnLine(line, facts, run.revision)),
    }),
  );
  const deployed = context.repositories.flatMap(({ deployments }) =>
    deployments.filter(({ deployment }) => !hasFailed(deployment) && deployment.at >= since && deployment.at <= at),
  );
  const ofDeployments = deployed.map(
    ({ deployment, place }): ExplanationView => ({
      by: "deployment",
      id: deployment.id,
      at: deployment.at,
      within: true,
      byPipeline: deployment.byPipeline,
      namesPath: false,
      onReleaseBranch: place === "release-branch",
    }),
  );
  return {
    views: [...ofRuns, ...ofDeployments],
    evidence: [
      ...converged.map(citeAs("production")),
      ...deployed.map(({ deployment }) => citeAs("deployment")(deployment)),
    ],
  };
}

/** `File[/etc/app.conf]` and `template[/etc/app.conf]` name the path in brackets, and nothing that only begins like it. */
function namesPath(resource: string, path: string): boolean {
  const inner = /\[(.*)\]/s.exec(resource)?.[1] ?? resource;
  return inner === path;
}

/** A configuration version can be a commit, or hold one in front of a name. */
function isOnLine(
  line: EntityContext["repositories"][number]["line"],
  facts: EntityContext["repositories"][number]["facts"],
  revision: string,
): boolean {
  const id = /(?:^|[^0-9a-f])([0-9a-f]{40}(?:[0-9a-f]{24})?)(?:$|[^0-9a-f])/.exec(revision)?.[1];
  if (id !== undefined) return line.isOnLine(id);
  const tag = facts.refs.get(`refs/tags/${revision}`);
  return tag !== undefined && line.isOnLine(tag.commit);
}
