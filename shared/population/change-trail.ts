import type { AnalysisFinding, AnalysisRun } from "../model/analysis-facts.ts";
import type { Change } from "../model/change.ts";
import type { EvidenceUse } from "../model/evidence.ts";
import type { PatchId } from "../model/git-facts.ts";
import type { Instant } from "../model/instant.ts";
import type { CodeHost } from "../model/request-facts.ts";
import type { CommentView, EventView, FindingView } from "../model/trail-view.ts";
import { compareContent } from "./content-comparison.ts";
import { citeAs } from "./evidence-uses.ts";
import { isCut, type LineEntry } from "./release-line.ts";
import type { RepositoryContext } from "./repository-context.ts";
import type { RequestMatch } from "./request-index.ts";

/** What belongs to a change besides its request, reviews, tickets, builds and deployments. */
export type ChangeTrail = Pick<
  Change,
  "paths" | "pathsKnown" | "size" | "content" | "comments" | "events" | "reports" | "analyses" | "findings" | "switches"
>;

/** What the trail of a change is looked up by. */
export interface TrailKeys {
  readonly entry: LineEntry;
  readonly match: RequestMatch | undefined;
  readonly ticketKeys: readonly string[];
  /** Commits that reports can be about: the change itself, the approved head, what was released with it. */
  readonly commits: readonly string[];
  /** Findings that a host follows, and that were open at its first release, or at its arrival where it was not released. */
  readonly openFindings: readonly AnalysisFinding[];
}

/** @param released commits that were deployed, and when */
export function findTrailKeys(
  { trail }: RepositoryContext,
  { entry, match, ticketKeys }: Pick<TrailKeys, "entry" | "match" | "ticketKeys">,
  arrivedAt: Instant,
  released: readonly { readonly commit: string; readonly at: Instant }[],
): TrailKeys {
  const head = match ? [match.request.headCommit] : [];
  const moment = released.map(({ at }) => at).sort()[0] ?? arrivedAt;
  return {
    ...{ entry, match, ticketKeys },
    commits: [...new Set([entry.commit.id, ...head, ...released.map(({ commit }) => commit)])],
    openFindings: trail.followedFindings.filter(
      (finding) => finding.openedAt !== null && finding.openedAt <= moment && !isClosedBy(finding, moment),
    ),
  };
}

/** Whoever dismisses a finding as one that will not be fixed says that it is true, and that it stays in the code. */
function isClosedBy({ closedAt, state, reason }: AnalysisFinding, moment: Instant): boolean {
  if (state === "dismissed" && /^won'?t.?fix$/i.test(reason)) return false;
  return closedAt !== null && closedAt <= moment;
}

export function assembleTrail(context: RepositoryContext, keys: TrailKeys): ChangeTrail {
  const { trail, facts } = context;
  const { entry, match } = keys;
  const number = match?.request.number ?? 0;
  const size = trail.detailsOf(number)?.size ?? null;
  // Of a clone's first commit git names all files, as if it had added them.
  const paths = isCut(facts, entry.commit.id) ? undefined : facts.paths.get(entry.commit.id);
  return {
    paths: (paths?.paths ?? []).map(({ path, status }) => ({
      path,
      status,
      owners: [...trail.ownersOf(path)],
    })),
    pathsKnown: paths !== undefined,
    size: size ? { known: true, ...size } : { known: false, added: 0, removed: 0, files: 0 },
    content: compareContent(context, entry, match),
    comments: viewComments(context, number, match?.request.system),
    events: viewEvents(context, number, match?.request.system),
    reports: keys.commits.flatMap((commit) => trail.reportsOf(commit).map(viewReport)),
    analyses: keys.commits.flatMap((commit) =>
      trail.analysesOf(commit).map(({ tool, category = "", sort, at, succeeded, findings }) => ({
        ...{ tool: category === "" ? tool : `${tool} (${category})`, sort, commit, at: at ?? "", succeeded, findings },
      })),
    ),
    findings: viewFindings(context, keys),
    switches: context.entity.switchesNaming(keys.ticketKeys),
  };
}

/** Evidence that the trail rests on. */
export function trailUses(context: RepositoryContext, keys: TrailKeys): EvidenceUse[] {
  const { trail, facts } = context;
  const { entry, match } = keys;
  const number = match?.request.number ?? 0;
  const paths = facts.paths.get(entry.commit.id);
  const details = trail.detailsOf(number);
  return [
    ...contentUses(context, entry, match),
    ...[paths].filter((fact) => fact !== undefined).map(citeAs("path")),
    ...[details].filter((fact) => fact !== undefined).map(citeAs("request")),
    ...[...trail.eventsOf(number), ...trail.commentsOf(number)].map(citeAs("request")),
    ...keys.commits.flatMap((commit) =>
      [...trail.reportsOf(commit), ...trail.analysesOf(commit), ...trail.findingsOf(commit)].map(citeAs("report")),
    ),
    ...keys.openFindings.map(citeAs("report")),
    // That the tool's findings were received at all is told by one of another change.
    ...countedHere(context, keys)
      .flatMap(({ tool }) => trail.findingOfTool(tool) ?? [])
      .map(citeAs("report")),
    ...context.entity.switchFactsNaming(keys.ticketKeys).map(citeAs("production")),
  ];
}

function viewComments(context: RepositoryContext, request: number, system: CodeHost = "github"): CommentView[] {
  return context.trail.commentsOf(request).map(({ by, at, path, text, resolved }) => ({
    by: context.directory.resolve({ system, name: by }),
    at,
    path,
    text,
    resolved: resolved === null ? "unknown" : resolved ? "yes" : "no",
  }));
}

function viewEvents(context: RepositoryContext, request: number, system: CodeHost = "github"): EventView[] {
  return context.trail.eventsOf(request).map(({ event, word, by, at, commit }) => ({
    event,
    word,
    by: context.directory.resolve({ system, name: by }),
    at,
    commit,
  }));
}

export function viewReport({
  tool,
  suite,
  commit,
  at,
  tests,
  failures,
  errors,
  skipped,
}: Report): Change["reports"][number] {
  return { tool, suite, commit, at: at ?? "", tests, failures, errors, skipped };
}

type Report = ReturnType<RepositoryContext["trail"]["reportsOf"]>[number];

/** Findings of reports on its commits, and those that a host follows. */
function viewFindings(context: RepositoryContext, keys: TrailKeys): FindingView[] {
  const { trail } = context;
  const ofReports = keys.commits.flatMap((commit) => trail.findingsOf(commit).filter((f) => f.openedAt === null));
  const told = [...ofReports, ...keys.openFindings].map(
    ({ tool, rule, severity, path, commit, state, openedAt, closedAt }) => ({
      ...{ tool, rule, severity, path, commit, state },
      openedAt: openedAt ?? "",
      closedAt: closedAt ?? "",
    }),
  );
  return [...told, ...viewCounted(context, keys)];
}

/** What an analysis only counted, and nothing else told of: nobody knows its weight. */
function viewCounted(context: RepositoryContext, keys: TrailKeys): FindingView[] {
  const counted = countedHere(context, keys).filter(({ tool }) => context.trail.findingOfTool(tool) === undefined);
  return counted.map(({ tool, findings, commit }) => ({
    ...{ tool, rule: `${findings} results of ${tool}`, severity: "unknown", path: "", commit },
    ...{ state: "open", openedAt: "", closedAt: "" },
  }));
}

/** Analyses that counted findings, of tools of which none is told about the change itself. */
function countedHere({ trail }: RepositoryContext, keys: TrailKeys): AnalysisRun[] {
  const findings = [...keys.commits.flatMap((commit) => trail.findingsOf(commit)), ...keys.openFindings];
  const told = new Set(findings.map(({ tool }) => tool));
  return keys.commits
    .flatMap((commit) => trail.analysesOf(commit))
    .filter(({ tool, findings: count }) => count > 0 && !told.has(tool));
}

/** What a change was compared with its approved head by. */
export function contentUses(
  context: RepositoryContext,
  entry: LineEntry,
  match: RequestMatch | undefined,
): EvidenceUse[] {
  const merge = context.trail.mechanicalMergeOf(entry.commit.id);
  return [...[merge].filter((fact) => fact !== undefined), ...patchesOf(context, entry, match)].map(citeAs("commit"));
}

/** Patches of the commits that a rebase is compared by: those of the request, and their copies on the branch. */
function patchesOf(
  { trail, requests, line }: RepositoryContext,
  entry: LineEntry,
  match: RequestMatch | undefined,
): PatchId[] {
  if (!match || entry.commit.parents.length > 1) return [];
  const approved = requests.commitsOf(match.request.number).map(({ commit }) => commit);
  const last = line.positionOf(match.request.mergeCommit ?? "") ?? entry.position;
  const merged = line.entries.slice(Math.max(0, last + 1 - approved.length), last + 1).map(({ commit }) => commit.id);
  return [...approved, ...merged].flatMap((commit) => trail.patchOf(commit) ?? []);
}
