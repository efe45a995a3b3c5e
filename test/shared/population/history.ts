import { createHash } from "node:crypto";
import { addFact, createFactSet, type FactSet } from "../../../shared/facts/fact-set.ts";
import type { Build } from "../../../shared/model/build-facts.ts";
import type { Change } from "../../../shared/model/change.ts";
import type { Coverage, EvidenceKind } from "../../../shared/model/coverage.ts";
import type { Deployment } from "../../../shared/model/deployment-facts.ts";
import type { DeploymentItem } from "../../../shared/model/deployment-item.ts";
import type { Fact } from "../../../shared/model/facts.ts";
import type { Commit } from "../../../shared/model/git-facts.ts";
import { instantOf, millisecondsOf } from "../../../shared/model/instant.ts";
import type { Origin } from "../../../shared/model/origin.ts";
import { type Period, resolvePeriod } from "../../../shared/model/period.ts";
import type { Population } from "../../../shared/model/population.ts";
import type { ChangeRequest, Review } from "../../../shared/model/request-facts.ts";
import type { Source } from "../../../shared/model/source.ts";
import type { Ticket } from "../../../shared/model/ticket-facts.ts";
import { buildPopulation } from "../../../shared/population/build-population.ts";
import type { PopulationScope } from "../../../shared/population/entity-population.ts";
import { gatherPeople } from "../../../shared/population/people.ts";
import type { PopulationInput } from "../../../shared/population/repository-context.ts";

export const repository = "ledger";
const hour = 3_600_000;
const start = "2026-02-02T09:00:00.000Z";
export const period: Period = resolvePeriod("2026-01-01", "2026-03-31", "UTC");
export const scope: PopulationScope = { period, asked: [] };

const sources: Source[] = [
  { id: "git", kind: "git", repository, location: "ledger.git", releaseBranch: "main" },
  {
    id: "github",
    kind: "github",
    repository,
    project: "northwind/ledger",
    apiUrl: "https://api.example",
    releaseBranch: "main",
    token: { in: "environment", name: "TOKEN" },
  },
  {
    id: "jira",
    kind: "jira",
    siteUrl: "https://jira.example",
    projects: ["LED"],
    token: { in: "environment", name: "TOKEN" },
  },
  {
    id: "deployments",
    kind: "deployment-log",
    repository,
    path: "deployments.jsonl",
    format: "jsonl",
    mapping: { environment: "environment", revision: "revision", at: "at" },
    production: ["production"],
    pipelineTriggers: ["pipeline"],
    pipelineAccounts: ["deploy-bot"],
  },
  { id: "people", kind: "roster", path: "roster.csv" },
];

type WithoutOrigin = Fact extends infer F ? (F extends Fact ? Omit<F, "origin"> : never) : never;

interface CommitOptions {
  readonly by?: string;
  readonly message?: string;
  readonly parents?: readonly string[];
  /** Hours after the story's start; each commit without it is an hour after the one before. */
  readonly at?: number;
  readonly committer?: string;
  readonly coAuthors?: readonly string[];
}

/**
 * A small history told step by step: commits, requests, reviews and deployments as facts. Persons are named by their
 * first name: `ada` has the address ada@northwind.example and the login ada-login, and stands in the roster.
 */
export class History {
  readonly facts: FactSet = createFactSet();
  readonly #all: Fact[] = [];
  readonly #coverage = new Set<EvidenceKind>([
    "commits",
    "requests",
    "reviews",
    "events",
    "tickets",
    "builds",
    "deployments",
  ]);
  readonly #spans = new Map<EvidenceKind, { readonly from: string; readonly to: string }>();
  #clock = 0;
  #releaseBranch = "main";
  #serial = 0;

  constructor(persons: readonly string[] = ["ada", "ben", "cleo", "dan"]) {
    for (const name of persons) this.person(name);
  }

  person(name: string, options: { logins?: readonly string[]; roles?: readonly string[] } = {}): this {
    return this.#add({
      kind: "roster-person",
      id: name,
      name,
      emails: [emailOf(name)],
      logins: options.logins ? [...options.logins] : [loginOf(name)],
      roles: [...(options.roles ?? ["developer"])],
    });
  }

  /** Removes a kind of evidence from what was pulled. */
  without(...kinds: readonly EvidenceKind[]): this {
    for (const kind of kinds) this.#coverage.delete(kind);
    return this;
  }

  /** @returns the commit's id */
  commit(options: CommitOptions = {}): string {
    const by = options.by ?? "ada";
    const at = this.#at(options.at);
    const id = this.#id("commit");
    const signature = (name: string) => ({ name, email: emailOf(name), at });
    this.#add({
      kind: "commit",
      repository,
      id,
      tree: this.#id("tree"),
      parents: [...(options.parents ?? [])],
      author: signature(by),
      committer: options.committer ? { name: options.committer, email: options.committer, at } : signature(by),
      message: options.message ?? "Change something\n",
      coAuthors: (options.coAuthors ?? []).map((name) => ({ name, email: emailOf(name) })),
      signed: false,
    } satisfies Omit<Commit, "origin">);
    return id;
  }

  /** A merge commit as the host makes it. */
  merge(base: string, head: string, options: CommitOptions = {}): string {
    return this.commit({
      committer: "noreply@github.com",
      message: "Merge pull request #1 from x\n",
      ...options,
      parents: [base, head],
    });
  }

  branch(name: string, commit: string): this {
    return this.#add({ kind: "ref", repository, name: `refs/heads/${name}`, object: commit, commit });
  }

  main(commit: string): this {
    return this.branch("main", commit);
  }

  tag(name: string, commit: string): this {
    return this.#add({ kind: "ref", repository, name: `refs/tags/${name}`, object: commit, commit });
  }

  boundary(commit: string, reason: "shallow" | "before-range"): this {
    return this.#add({ kind: "boundary", repository, commit, reason });
  }

  /** A merged request with its commits; reviews are listed, and none is given yet. */
  request(
    number: number,
    options: Partial<Omit<ChangeRequest, "kind" | "origin">> & {
      head: string;
      listed?: readonly string[];
      hour?: number;
    },
  ): this {
    const { head, listed = [head], hour: at, ...given } = options;
    const mergedAt = this.#at(at);
    this.#add({
      kind: "change-request",
      repository,
      system: "github",
      number,
      title: `Request ${number}`,
      url: "",
      author: loginOf("ada"),
      authorType: "user",
      sourceBranch: `feature/${number}`,
      targetBranch: "main",
      headCommit: head,
      state: "merged",
      createdAt: start,
      mergedAt,
      mergeCommit: null,
      mergedBy: loginOf("ada"),
      commits: listed.length,
      ...given,
    });
    for (const id of listed) {
      const commit = this.#all.find((fact): fact is Commit => fact.kind === "commit" && fact.id === id);
      this.#add({
        kind: "request-commit",
        repository,
        request: number,
        commit: id,
        authorLogin: "",
        authorEmail: commit?.author.email ?? "",
        authorName: commit?.author.name ?? "",
        message: commit?.message ?? "",
      });
    }
    return this.#add({ kind: "review-page", repository, request: number, page: 1, last: true });
  }

  review(
    request: number,
    by: string,
    commit: string,
    options: Partial<Omit<Review, "kind" | "origin">> & { hour?: number } = {},
  ): this {
    const { hour: at, ...given } = options;
    return this.#add({
      kind: "review",
      repository,
      request,
      id: String(++this.#serial),
      reviewer: loginOf(by),
      reviewerType: "user",
      state: "approved",
      at: this.#at(at),
      commit,
      mayApprove: true,
      ...given,
    });
  }

  ticket(key: string, given: Partial<Omit<Ticket, "kind" | "origin">> = {}): this {
    return this.#add({
      kind: "ticket",
      key,
      project: key.split("-")[0] ?? "",
      type: "Story",
      summary: "",
      status: "Done",
      statusCategory: "done",
      createdAt: start,
      updatedAt: start,
      resolvedAt: null,
      reporter: "",
      assignee: "",
      history: [],
      links: [],
      comments: 0,
      ...given,
    });
  }

  build(
    commit: string,
    conclusion: Build["conclusion"] = "success",
    options: {
      attempt?: number;
      id?: string;
      job?: string;
      finishedAt?: string | null;
      jobFinishedAt?: string | null;
    } = {},
  ): this {
    const id = options.id ?? String(++this.#serial);
    const attempt = options.attempt ?? 1;
    const at = this.#at();
    this.#add({
      kind: "build",
      repository,
      id,
      workflow: "ci",
      event: "push",
      branch: "main",
      commit,
      attempt,
      completed: true,
      conclusion,
      startedAt: at,
      finishedAt: options.finishedAt === undefined ? at : options.finishedAt,
      actor: "",
      url: "",
    });
    return this.#add({
      kind: "build-job",
      repository,
      build: id,
      id: `${id}-${attempt}`,
      attempt,
      name: options.job ?? "test",
      completed: true,
      conclusion,
      startedAt: at,
      finishedAt: options.jobFinishedAt === undefined ? at : options.jobFinishedAt,
    });
  }

  deploy(revision: string, given: Partial<Omit<Deployment, "kind" | "origin">> & { hour?: number } = {}): this {
    const { hour: at, ...rest } = given;
    return this.#add({
      kind: "deployment",
      repository,
      id: `dep-${++this.#serial}`,
      service: "ledger",
      environment: "production",
      production: true,
      revision,
      previousRevision: "",
      at: this.#at(at),
      by: "deploy-bot",
      requestedBy: loginOf("dan"),
      trigger: "pipeline",
      byPipeline: true,
      status: "",
      ...rest,
    });
  }

  /** Any fact, of a kind that has no step of its own here. */
  fact(fact: WithoutOrigin): this {
    return this.#add(fact);
  }

  /** A fact of a certain record, such as a document that something else names by its digest. */
  received(fact: Fact): this {
    this.#all.push(fact);
    addFact(this.facts, fact);
    return this;
  }

  /** Names another release branch, or patterns of several. */
  releasedFrom(releaseBranch: string): this {
    this.#releaseBranch = releaseBranch;
    return this;
  }

  /** The same history as far as a part of the evidence tells it. */
  inputFrom(isKept: (fact: Fact) => boolean): PopulationInput {
    const facts = createFactSet();
    for (const fact of this.#all) if (isKept(fact)) addFact(facts, fact);
    return { ...this.input(), facts };
  }

  /** Adds kinds of evidence to what was pulled. */
  with(...kinds: readonly EvidenceKind[]): this {
    for (const kind of kinds) this.#coverage.add(kind);
    return this;
  }

  /** A kind of evidence was pulled for a part of the period only. */
  pulled(kind: EvidenceKind, { from = period.start, to = period.end }: { from?: string; to?: string }): this {
    this.#spans.set(kind, { from, to });
    return this.with(kind);
  }

  input(): PopulationInput {
    const coverage: Coverage[] = [...this.#coverage].map((kind) => ({
      kind,
      scope: kind === "tickets" || kind === "decisions" ? "LED" : repository,
      ...(this.#spans.get(kind) ?? { from: period.start, to: period.end }),
      sourceId: "any",
    }));
    const named = sources.map((source) =>
      source.kind === "git" ? { ...source, releaseBranch: this.#releaseBranch } : source,
    );
    const used = this.#coverage.has("tickets") ? named : named.filter(({ kind }) => kind !== "jira");
    return { facts: this.facts, sources: used, people: gatherPeople(this.facts, used), coverage };
  }

  population(): Population {
    return buildPopulation(this.input(), scope);
  }

  change(commit: string): Change {
    const found = this.population().items.change.find((change) => change.commit === commit);
    if (!found) throw new Error(`The population has no change ${commit}.`);
    return found;
  }

  deployments(): readonly DeploymentItem[] {
    return this.population().items.deployment;
  }

  #add(fact: WithoutOrigin): this {
    const evidence = createHash("sha256")
      .update(`${++this.#serial}`)
      .digest("hex");
    const origin: Origin = { evidence, place: "", source: "any" };
    const whole = { ...fact, origin } as Fact;
    this.#all.push(whole);
    addFact(this.facts, whole);
    return this;
  }

  #id(what: string): string {
    return createHash("sha1")
      .update(`${what} ${++this.#serial}`)
      .digest("hex");
  }

  #at(hours?: number): string {
    if (hours !== undefined) this.#clock = hours;
    else this.#clock += 1;
    return instantOf(millisecondsOf(start) + this.#clock * hour);
  }
}

export function emailOf(name: string): string {
  return `${name}@northwind.example`;
}

export function loginOf(name: string): string {
  return `${name}-login`;
}

/** A base on main, a branch of one commit by `author`, and its merge by the host as request 1. Reviews are the caller's. */
export function oneRequest(history: History, author = "ada"): { base: string; head: string; merge: string } {
  const base = history.commit({ by: "ben", at: 0 });
  const head = history.commit({ by: author, parents: [base], at: 1, message: "LED-1 Do it\n" });
  const merge = history.merge(base, head, { by: author, at: 10 });
  history.main(merge);
  history.request(1, { head, mergeCommit: merge, author: loginOf(author), hour: 10 });
  return { base, head, merge };
}
