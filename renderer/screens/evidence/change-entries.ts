import type { Change } from "../../../shared/model/change.ts";
import { countOf } from "../../format.ts";
import { strings } from "../../strings.ts";
import type { Entry, LinkKind } from "./link-entry.ts";

const words = strings.evidence;

function statement(text: string, isOdd = false): Entry {
  return { text, at: null, clock: null, account: "", isOdd };
}

/** What the evidence says about each link of a change. */
export function changeEntries(change: Change): Readonly<Partial<Record<LinkKind, readonly Entry[]>>> {
  return {
    ticket: ticketEntries(change),
    commit: commitEntries(change),
    review: reviewEntries(change),
    build: buildEntries(change),
    deployment: releaseEntries(change),
  };
}

function ticketEntries({ tickets, ticketKeys, coverage }: Change): Entry[] {
  if (ticketKeys.length === 0) return [statement(words.noTicketNamed, true)];
  const known = new Set(tickets.map((ticket) => ticket.key));
  const absent = coverage.tickets ? ticketKeys.filter((key) => !known.has(key)) : [];
  const named = coverage.tickets ? [] : [statement(words.ticketsNamed(ticketKeys.join(", ")))];
  return [
    ...tickets.flatMap((ticket): Entry[] => [
      {
        text: words.ticket(ticket.key, ticket.type, ticket.summary, ticket.status),
        at: ticket.createdAt,
        clock: "ticket-system",
        account: "",
      },
      ...(ticket.resolvedAt
        ? [
            {
              text: words.ticketResolved(ticket.key),
              at: ticket.resolvedAt,
              clock: "ticket-system",
              account: "",
            } as const,
          ]
        : []),
    ]),
    ...absent.map((key) => statement(words.ticketAbsent(key), true)),
    ...named,
  ];
}

function commitEntries(change: Change): Entry[] {
  const written = change.authors.map((author) => (author.known ? author.name : words.unknownPerson(author.account)));
  return [
    {
      text: words.arrived(change.commit.slice(0, 10), change.kind, change.commits.length),
      at: change.at,
      clock: change.clock,
      account: change.committer.account,
    },
    statement(words.writtenBy(written.join(", "))),
  ];
}

function reviewEntries(change: Change): Entry[] {
  const { request, reviews, claimedRequest, coverage } = change;
  if (!request.found) {
    const claim = claimedRequest > 0 ? words.requestOnlyClaimed(claimedRequest) : words.noRequest;
    return [statement(coverage.requests ? claim : words.requestsNotPulled, coverage.requests)];
  }
  const opened: Entry = {
    text: words.requestOpened(request.number, request.title),
    at: request.createdAt || null,
    clock: request.createdAt ? "host" : null,
    account: request.author.account,
  };
  const given = reviews.map(
    (review): Entry => ({
      text: review.mayApprove
        ? words.reviewStates[review.state]
        : words.mayNotApprove(words.reviewStates[review.state]),
      at: review.at,
      clock: "host",
      account: review.by.account,
      isOdd: !review.mayApprove,
    }),
  );
  const merged: Entry = {
    text: request.via === "rebase" ? words.requestRebased : words.requestMerged,
    at: request.mergedAt || null,
    clock: request.mergedAt ? "host" : null,
    account: request.mergedBy.account,
  };
  const none = reviews.length === 0 && coverage.reviews ? [statement(words.noReview, true)] : [];
  return [opened, ...[...given, merged].toSorted(byTime), ...none];
}

function byTime(one: Entry, other: Entry): number {
  return (one.at ?? "").localeCompare(other.at ?? "");
}

function buildEntries({ builds, coverage }: Change): Entry[] {
  if (builds.length === 0) return coverage.builds ? [statement(words.noBuild, true)] : [];
  return builds.map((build) => ({
    text: words.build(
      build.workflow,
      build.id,
      build.attempt,
      build.completed ? words.conclusions[build.conclusion] : words.buildRunning,
      countOf(build.jobs.length, words.job),
      build.commit.slice(0, 10),
    ),
    at: build.finishedAt || build.startedAt,
    clock: "ci",
    account: "",
    isOdd: build.conclusion !== "success",
  }));
}

function releaseEntries({ releases, coverage }: Change): Entry[] {
  if (releases.length === 0) return coverage.deployments ? [statement(words.notReleased, true)] : [];
  return releases.map((release) => ({
    text: words.release(release.environment, release.revision, release.byPipeline),
    at: release.at,
    clock: "deployment-log",
    account: release.by.account,
    isOdd: !release.byPipeline,
  }));
}
