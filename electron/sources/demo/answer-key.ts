import { resolvePeriod } from "../../../shared/model/period.ts";
import type { Directory } from "./directory.ts";
import type { MadeRepository } from "./make-repository.ts";
import { secondsOf, zuluTime } from "./moments.ts";
import type { PlannedChange, PlannedHistory } from "./planned.ts";
import type { Portal } from "./portal.ts";
import type { Story, StoryDeployment, StoryOutcome } from "./story-schema.ts";
import { type ChangeControl, changeControls } from "./story-schema.ts";

export interface ExpectedOutcome {
  readonly outcome: StoryOutcome;
  readonly why: string;
}

export interface ExpectedChange {
  /** Full id of the commit on the release branch. */
  readonly commit: string;
  /** Its id in resources/demo/changes.yaml. */
  readonly story: string;
  readonly request: number | null;
  readonly ticket: string | null;
  readonly arrivedAt: string;
  readonly label: string;
  readonly expect: Readonly<Record<ChangeControl, ExpectedOutcome>>;
}

export interface ExpectedDeployment {
  readonly id: string;
  readonly environment: string;
  readonly label: string;
  readonly expect: Readonly<Record<"DEP-01", ExpectedOutcome>>;
}

type Tally = Record<string, Partial<Record<StoryOutcome, number>>>;

/**
 * What an auditor who knows the story concludes. It is written from the story's intent and computes nothing from the
 * records, so that results can be held against it.
 */
export interface AnswerKey {
  readonly entity: string;
  readonly repository: string;
  readonly releaseBranch: string;
  readonly period: Story["period"];
  /** Parameters of the catalog under which the key holds. */
  readonly parameters: Story["parameters"];
  /** Every change that arrived on the release branch in the period, in order of arrival. */
  readonly changes: readonly ExpectedChange[];
  /** Every deployment to production in the period. */
  readonly deployments: readonly ExpectedDeployment[];
  /** The catalog's other controls: what comes out of each for every item. */
  readonly controls: Story["answers"];
  /** What there is of the period in the code base of which the auditor has little. */
  readonly archived: {
    readonly repository: string;
    readonly changes: readonly (Pick<ExpectedChange, "story" | "commit" | "expect"> & {
      readonly deployed: boolean;
    })[];
    /** To production, as the host numbers them. */
    readonly deployments: readonly string[];
  };
  /** Every change of the second code base on the same host; none of them was released. */
  readonly portal: { readonly repository: string; readonly changes: readonly ExpectedChange[] };
  readonly outsideThePeriod: { readonly changes: readonly string[]; readonly deployments: readonly string[] };
  readonly reconciliation: {
    /** Commits that name no ticket that exists. */
    readonly changesWithoutTicket: readonly string[];
    /** Tickets finished in the period without a change of the period on the release branch. */
    readonly ticketsWithoutChange: readonly string[];
    /** Tickets without any change on the release branch that were not finished either. */
    readonly openTicketsWithoutChange: readonly string[];
    /** Tickets whose only changes arrived before or after the period. */
    readonly ticketsOfOtherPeriods: readonly string[];
    readonly deploymentsWithoutChange: readonly string[];
    readonly changesNotDeployed: readonly string[];
  };
  readonly counts: { readonly changes: number; readonly deployments: number; readonly outcomes: Tally };
}

export function makeAnswerKey(
  story: Story,
  directory: Directory,
  repository: MadeRepository,
  history: PlannedHistory,
  others: {
    readonly archived: ReadonlyMap<string, string>;
    readonly portal: Pick<Portal, "story" | "history" | "repository">;
  },
): AnswerKey {
  const { archived, portal } = others;
  const { from, to, timeZone } = story.period;
  const period = resolvePeriod(from, to, timeZone);
  const [start, end] = [secondsOf(period.start), secondsOf(period.end)];
  const isIn = (entry: { readonly at: number }) => entry.at >= start && entry.at < end;
  const arrived = history.filter((change) => change.arrival !== null);
  const idOf = (change: PlannedChange) => repository.commits.get(change.story.id)?.id ?? "";
  const inPeriod = arrived.filter((change) => isIn(change.story));
  const changes = inPeriod.map((change) => expectChange(story, directory, change, idOf(change)));
  const deployments = story.production.filter(isIn).map(expectDeployment);
  return {
    entity: story.entity,
    repository: `${story.repository.owner}/${story.repository.name}`,
    releaseBranch: story.repository.releaseBranch,
    period: story.period,
    parameters: story.parameters,
    changes,
    deployments,
    controls: story.answers,
    archived: {
      repository: story.archive.repository,
      changes: story.archive.commits.filter(isIn).map((told) => ({
        story: told.id,
        commit: archived.get(told.id) ?? "",
        deployed: told.deployed,
        expect: everyControl((control) => told.expect[control]),
      })),
      deployments: story.archive.deployments
        .filter((told) => told.environment === "production" && isIn(told))
        .map(({ id }) => String(id)),
    },
    portal: {
      repository: portal.story.repository.name,
      changes: portal.history.map((change) =>
        expectChange(portal.story, directory, change, portal.repository.commits.get(change.story.id)?.id ?? ""),
      ),
    },
    outsideThePeriod: {
      changes: arrived.filter((change) => !isIn(change.story)).map(idOf),
      deployments: story.production.filter((told) => !isIn(told)).map((told) => told.id),
    },
    reconciliation: {
      changesWithoutTicket: inPeriod.filter(({ story: { ticket } }) => !exists(story, ticket)).map(idOf),
      ...reconcileTickets(story, history, inPeriod, isIn),
      deploymentsWithoutChange: story.production
        .filter(isIn)
        .filter((told) => !isOfChange(story, told))
        .map(({ id }) => id),
      changesNotDeployed: inPeriod.filter((change) => !change.story.deployed).map(idOf),
    },
    counts: {
      changes: changes.length,
      deployments: deployments.length,
      outcomes: tally([...changes, ...deployments].map((item) => item.expect)),
    },
  };
}

function expectChange(story: Story, directory: Directory, change: PlannedChange, commit: string): ExpectedChange {
  const { id, at, ticket, label, expect } = change.story;
  const clean = cleanOutcomes(directory, change);
  return {
    commit,
    story: id,
    request: change.request?.number ?? null,
    ticket: exists(story, ticket) ? (ticket ?? null) : null,
    arrivedAt: zuluTime(at),
    label: label ?? "a clean change",
    expect: everyControl((control) => expect[control] ?? clean[control]),
  };
}

function everyControl(of: (control: ChangeControl) => ExpectedOutcome | undefined): ExpectedChange["expect"] {
  const untold: ExpectedOutcome = { outcome: "no-evidence", why: "nobody gave access to what would tell" };
  return Object.fromEntries(
    changeControls.map((control) => [control, of(control) ?? untold]),
  ) as ExpectedChange["expect"];
}

/** What holds where the story says nothing else. */
function cleanOutcomes(directory: Directory, change: PlannedChange): Record<ChangeControl, ExpectedOutcome> {
  const { ticket, approver, deployed } = change.story;
  const approvedBy = approver === undefined ? "an independent colleague" : directory.of(approver).name;
  const pass = (why: string): ExpectedOutcome => ({ outcome: "pass", why });
  const unreleased: ExpectedOutcome = { outcome: "not-applicable", why: "not released to production" };
  return {
    "TRC-01": pass(`it names ${ticket}, which exists`),
    "REV-01": pass(`${approvedBy}, who wrote none of it, approved the last commit before the merge`),
    "REV-06": pass(`the host records this commit as the merge of request ${change.request?.number}`),
    "TST-01": deployed ? pass("the tests ran on this very commit and passed") : unreleased,
    "SOD-01": deployed ? pass("author, approver and deployer are different people") : unreleased,
  };
}

function expectDeployment(told: StoryDeployment): ExpectedDeployment {
  const clean: ExpectedOutcome = { outcome: "pass", why: "the pipeline deployed a revision of the release branch" };
  return {
    id: told.id,
    environment: told.environment,
    label: told.label ?? "a clean deployment",
    expect: { "DEP-01": told.expect["DEP-01"] ?? clean },
  };
}

function exists(story: Story, ticket: string | undefined): boolean {
  return ticket !== undefined && story.tickets[ticket] !== undefined;
}

function isOfChange(story: Story, told: StoryDeployment): boolean {
  const change = told.change ?? story.tags.find((tag) => tag.tag === told.tag)?.change;
  return story.changes.some(({ id, how }) => id === change && how !== "branch");
}

function reconcileTickets(
  story: Story,
  history: PlannedHistory,
  inPeriod: readonly PlannedChange[],
  isIn: (entry: { readonly at: number }) => boolean,
) {
  const named = new Set(inPeriod.map((change) => change.story.ticket));
  const arrivedEver = new Set(history.flatMap((change) => (change.arrival ? [change.story.ticket] : [])));
  const without = Object.keys(story.tickets).filter((key) => !named.has(key));
  const unarrived = without.filter((key) => !arrivedEver.has(key));
  const finished = unarrived.filter((key) => isIn({ at: story.tickets[key]?.done ?? 0 }));
  return {
    ticketsWithoutChange: finished,
    openTicketsWithoutChange: unarrived.filter((key) => !finished.includes(key)),
    ticketsOfOtherPeriods: without.filter((key) => arrivedEver.has(key)),
  };
}

function tally(expectations: readonly Readonly<Record<string, ExpectedOutcome>>[]): Tally {
  const counts: Tally = {};
  for (const [control, { outcome }] of expectations.flatMap((expect) => Object.entries(expect))) {
    const outcomes = counts[control] ?? {};
    counts[control] = { ...outcomes, [outcome]: (outcomes[outcome] ?? 0) + 1 };
  }
  return counts;
}
