import type { AnalysisRun } from "../../../../shared/model/analysis-facts.ts";
import { History, loginOf, oneRequest } from "../../population/history.ts";

export const repository = "ledger";
/** Address of the request. */
export const url = "https://host.example/northwind/ledger/pull/1";

/** Moments of a story that begins on 2 February at nine: hours after. */
export function hour(count: number): string {
  return new Date(Date.parse("2026-02-02T09:00:00.000Z") + count * 3_600_000).toISOString();
}

/** A request that was approved, merged and is ready to be deployed as v1, with everything pulled. */
export class Released {
  readonly history = new History();
  readonly base: string;
  readonly head: string;
  readonly merge: string;

  constructor() {
    this.history
      .with("contents", "events", "comments", "decisions", "reports", "analysis", "gates", "switches", "announcements")
      .person("eve", { roles: ["subject-matter-expert"] })
      .person("cab", { roles: ["change-board"] })
      .person("rea", { roles: ["release-authority"] });
    const { base, head, merge } = oneRequest(this.history);
    this.base = base;
    this.head = head;
    this.merge = merge;
    this.history.tag("v1", merge);
  }

  approve(by = "ben", at = 5): this {
    this.history.review(1, by, this.head, { hour: at });
    return this;
  }

  deploy(at = 20, given: Parameters<History["deploy"]>[1] = {}): this {
    this.history.deploy("v1", { at: hour(at), ...given });
    return this;
  }

  touch(...paths: readonly string[]): this {
    this.history.fact({
      kind: "changed-paths",
      repository,
      commit: this.merge,
      paths: paths.map((path) => ({ path, status: "M" })),
    });
    return this;
  }

  size(lines: number): this {
    const size = { added: lines, removed: 0, files: 1 };
    this.history.fact({ kind: "request-details", repository, request: 1, labels: [], size });
    return this;
  }

  comment(text: string, resolved: boolean | null, path = "a.ts"): this {
    const id = `${path}${text}`;
    this.history.fact({
      kind: "request-comment",
      repository,
      request: 1,
      id,
      by: loginOf("ben"),
      at: hour(4),
      path,
      text,
      resolved,
    });
    return this;
  }

  decide(by: string, at: number, decision: "approved" | "declined" = "approved", stage = "CAB"): this {
    this.history.fact({
      kind: "ticket-approval",
      key: "LED-1",
      id: `${at}`,
      by: loginOf(by),
      decision,
      at: hour(at),
      stage,
    });
    return this;
  }

  classify(type: "standard" | "normal" | "emergency" | "unknown"): this {
    this.history.fact({
      ...{ kind: "change-ticket", key: "LED-1", type, risk: "", closeCode: "" },
      ...{ plannedStart: null, plannedEnd: null, actualStart: null, actualEnd: null },
    });
    return this;
  }

  /** Its request names a ticket that no ticket source has, besides its own. */
  nameAnother(): this {
    for (const request of this.history.facts.repositories.get(repository)?.requests ?? [])
      request.title = "LED-1, LED-9";
    return this;
  }

  analyse(given: Partial<Omit<AnalysisRun, "kind" | "origin">> = {}): this {
    this.history.fact({
      ...{ kind: "analysis-run", repository, tool: "scan", toolVersion: "1", build: "", at: hour(11), findings: 0 },
      ...{ sort: "security", succeeded: true, commit: this.merge, ...given },
    });
    return this;
  }

  find(severity: "high" | "low" | "unknown", state: "open" | "dismissed" = "open"): this {
    this.history.fact({
      ...{ kind: "analysis-finding", repository, id: severity, tool: "scan", rule: severity, severity, message: "" },
      ...{ path: "a.ts", line: 1, commit: this.merge, state, openedAt: null, closedAt: null, closedBy: "", reason: "" },
    });
    return this;
  }

  /** A check of an app on what was merged, numbered as they come. */
  check(conclusion: "success" | "failure", at: number, { app = "circleci", name = "test" } = {}): this {
    const id = `check ${at}`;
    const ran = { attempt: 1, completed: true, conclusion, startedAt: hour(at), finishedAt: hour(at) } as const;
    const of = { workflow: name, event: "check", branch: "", commit: this.merge, actor: app, url: "" };
    this.history.fact({ kind: "build", repository, id, ...ran, ...of });
    this.history.fact({ kind: "build-job", repository, build: id, id, name, ...ran });
    return this;
  }

  switch(change: "created" | "on" | "off", at: number, environment = "production"): this {
    this.history.fact({
      ...{ kind: "switch-event", id: `${at}`, tool: "flags", switch: "new-ledger", environment },
      ...{ at: hour(at), by: loginOf("ada"), change, text: "For LED-1" },
    });
    return this;
  }

  merged(outcome: "clean" | "conflict", tree: "same" | "other" = "same"): this {
    const commit = this.history.facts.repositories.get(repository)?.commits.get(this.merge);
    this.history.fact({
      ...{ kind: "mechanical-merge", repository, commit: this.merge, head: this.head, onto: this.base, outcome },
      ...{ tree: tree === "same" ? (commit?.tree ?? "") : "f".repeat(40), paths: ["evil.sh"] },
    });
    return this;
  }

  gate(by: string, at: number, decision: "approved" | "rejected" = "approved", deployment = "gated"): this {
    this.history.fact({
      ...{ kind: "deployment-approval", repository, deployment, environment: "production", by: loginOf(by) },
      ...{ decision, at: hour(at), comment: "" },
    });
    return this;
  }
}

/** A ticket that existed before the story. */
export function ticket(story: Released, given: Parameters<History["ticket"]>[1] = {}): Released {
  story.history.ticket("LED-1", { createdAt: hour(-5), ...given });
  return story;
}

export function step(to: string, at: number, by = "ben") {
  return { at: hour(at), by: loginOf(by), field: "status", from: "", to };
}

export function steps(...history: ReturnType<typeof step>[]) {
  return { history, createdAt: hour(-5) };
}
