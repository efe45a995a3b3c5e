import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { bareDeployment, bareTicket, bareTrail, usualCoverage } from "../../../../build/bench/item-parts.ts";
import { concludeControls } from "../../../../shared/evaluation/conclusion.ts";
import { reportFrameworks } from "../../../../shared/evaluation/framework-report.ts";
import { dispositionsOf, standingJudgements } from "../../../../shared/judgement/judging.ts";
import { Catalog, type Control } from "../../../../shared/model/catalog.ts";
import type { Change } from "../../../../shared/model/change.ts";
import type { DeploymentItem } from "../../../../shared/model/deployment-item.ts";
import type { Evidence, EvidenceUse } from "../../../../shared/model/evidence.ts";
import type { PersonRef } from "../../../../shared/model/person.ts";
import type { PopulationKind } from "../../../../shared/model/population-kind.ts";
import type { IpeRecord } from "../../../../shared/model/pull.ts";
import type { ReportContent } from "../../../../shared/model/report.ts";
import type { Outcome, Result } from "../../../../shared/model/result.ts";
import { ResultList } from "../../../../shared/model/results.ts";
import type { Draw } from "../../../../shared/model/sample.ts";
import type { MatrixView } from "../../../../shared/model/view.ts";
import { stateCompleteness } from "../../../../shared/population/completeness.ts";
import { planCurve, planSample } from "../../../../shared/sample/plan.ts";
import { judgeSome, peopleSaid } from "./judgement-content.ts";
import { sha256Of } from "./sha256-of.ts";

/** How large an invented engagement is. */
export interface Size {
  readonly changes: number;
  readonly deployments: number;
}

const catalogUrl = new URL("../../../../resources/catalogs/devops-audit-defense.yaml", import.meta.url);
const catalogText = readFileSync(catalogUrl, "utf8");
const whole = Catalog.parse(parse(catalogText));
const tested = ["TRC-01", "REV-01", "REV-06", "TST-01", "DEP-01", "SOD-01"];
/** Six controls: enough for every form that a result can take, and few enough to be set in seconds. */
export const catalog: Catalog = { ...whole, controls: whole.controls.filter(({ id }) => tested.includes(id)) };

const names = ["Ada Osei", "Jonas Lindqvist", "Rin Tanaka", "Mara Novák", "Łukasz Żak", "Σοφία Δέλτα", "Олег Ёлкин"];

function person(index: number): PersonRef {
  const name = names[index % names.length] ?? "";
  return {
    id: `p${index}`,
    name,
    known: index % 5 !== 4,
    bot: false,
    roles: [],
    account: `user${index % names.length}@example.org`,
  };
}

const titles = [
  "Raise the retry ceiling for payments to 5",
  "Rotate the settlement signing key",
  "Fix rounding in revaluation of foreign currencies, so that half cents no longer vanish between two ledgers",
  "Add a second factor to the administrator's role (PAY-118)",
  "Backfill missing postings",
];

function day(index: number, hour: number): string {
  const date = new Date(Date.UTC(2025, 0, 6 + index * 2, hour, 12));
  return date.toISOString();
}

function usesOf(id: string, kinds: readonly EvidenceUse["as"][]): EvidenceUse[] {
  return kinds.map((as) => ({ evidence: sha256Of(`${id} ${as}`), place: as === "commit" ? "" : "/0", as }));
}

export function changeOf(index: number): Change {
  const commit = sha256Of(`commit ${index}`).slice(0, 40);
  const id = `payments-api@${commit}`;
  const bare = index % 7 === 3;
  return {
    id,
    repository: "payments-api",
    commit,
    kind: index % 3 === 0 ? "single" : "merge",
    title: titles[index % titles.length] ?? "",
    at: day(index, 10),
    clock: bare ? "committer" : "host",
    claimedRequest: 0,
    commits: [commit, sha256Of(`second ${index}`).slice(0, 40)],
    authors: [person(index), person(index + 1)],
    committer: person(index),
    request: {
      found: !bare,
      via: bare ? "none" : "host",
      number: bare ? 0 : 200 + index,
      title: titles[index % titles.length] ?? "",
      author: person(index),
      mergedBy: person(index + 2),
      sourceBranch: "feature/pay",
      targetBranch: "main",
      headCommit: bare ? "" : sha256Of(`second ${index}`).slice(0, 40),
      approvedHeads: bare ? [] : [sha256Of(`second ${index}`).slice(0, 40)],
      retargetedAt: "",
      createdAt: bare ? "" : day(index, 7),
      mergedAt: bare ? "" : day(index, 10),
      labels: [],
      url: "",
    },
    mergesHead: true,
    reviews: bare
      ? []
      : [
          {
            id: `${index}1`,
            by: person(index + 2),
            state: "commented",
            at: day(index, 8),
            commit: "",
            mayApprove: true,
          },
          { id: `${index}2`, by: person(index + 3), state: "approved", at: day(index, 9), commit, mayApprove: true },
        ],
    ticketKeys: [`PAY-${100 + index}`],
    tickets: [
      {
        key: `PAY-${100 + index}`,
        type: "Story",
        summary: "As a customer I want my payment to be tried again when the bank does not answer",
        status: "Done",
        ...bareTicket,
        createdAt: day(index, 5),
        resolvedAt: day(index, 16),
      },
    ],
    builds: [
      {
        id: `88${index}`,
        workflow: "test",
        commit,
        attempt: 1,
        completed: true,
        conclusion: index % 6 === 5 ? "failure" : "success",
        startedAt: day(index, 10),
        finishedAt: day(index, 11),
        jobs: [{ name: "unit", completed: true, conclusion: "success", startedAt: "", finishedAt: "" }],
      },
    ],
    releases: [
      {
        id: `d${index}`,
        environment: "production",
        at: day(index, 15),
        by: person(index + 4),
        byPipeline: true,
        revision: `v1.${index}`,
        commit,
        gates: [],
      },
    ],
    ...bareTrail,
    coverage: { ...usualCoverage, reviews: index % 8 !== 7 },
    evidence: usesOf(id, ["commit", "request", "review", "ticket", "build", "deployment"]),
  };
}

export function deploymentOf(index: number): DeploymentItem {
  const id = `payments-api/production/${1000 + index}`;
  return {
    id,
    repository: "payments-api",
    environment: "production",
    at: day(index, 15),
    account: { id: "bot", name: "deploy-bot", known: true, bot: true, account: "deploy-bot", roles: [] },
    requestedBy: person(index),
    trigger: "pipeline",
    byPipeline: index % 4 !== 1,
    status: "success",
    revision: `v1.${index}`,
    revisionKind: "tag",
    place: "release-branch",
    commit: sha256Of(`commit ${index}`).slice(0, 40),
    change: `payments-api@${sha256Of(`commit ${index}`).slice(0, 40)}`,
    isMerge: true,
    rollback: index === 2,
    newChanges: [`payments-api@${sha256Of(`commit ${index}`).slice(0, 40)}`],
    ...bareDeployment,
    coverage: usualCoverage,
    evidence: usesOf(id, ["deployment", "commit"]),
  };
}

const outcomeCycle: readonly Outcome[] = [
  "pass",
  "pass",
  "fail",
  "pass",
  "no-evidence",
  "pass",
  "not-applicable",
  "pass",
];
const reasons: Readonly<Record<Outcome, string>> = {
  "pass": "Approved by Rin Tanaka, who wrote none of it, on the last commit and before the merge.",
  "fail": "The only approval is by somebody who also wrote one of the commits.",
  "no-evidence": "Reviews were not pulled for this repository and this time.",
  "not-applicable": "The control does not apply to this item.",
};

function resultsOf(kind: PopulationKind, id: string, index: number): Result[] {
  return controlsOf(kind).flatMap((control, column) =>
    control.assertions.map((assertion): Result => {
      const outcome = outcomeCycle[(index + column) % outcomeCycle.length] ?? "pass";
      const values = { "change.request.found": true, "change.reviews.size": 2, "change.clock": "host" };
      const evidence = usesOf(id, ["commit"]);
      return {
        control: control.id,
        assertion: assertion.id,
        population: kind,
        item: id,
        outcome,
        reason: reasons[outcome],
        values,
        evidence,
      };
    }),
  );
}

function controlsOf(kind: PopulationKind): Control[] {
  return catalog.controls.filter(({ population }) => population === kind);
}

/** Under a plan; one stratum of the changes holds more of them than the other. */
function drawOf(kind: PopulationKind, items: string[], populationSize: number): Draw {
  const ledger = Math.ceil((items.length * 2) / 3);
  return {
    id: `draw-${kind}-1`,
    freezeId: `freeze-${kind}`,
    population: kind,
    populationDigest: sha256Of(kind),
    populationSize,
    method: kind === "change" ? "stratified" : "rank",
    statistical: true,
    purpose: { kind: "initial" },
    basis: {
      kind: "plan",
      plan: planSample({
        method: "binomial",
        confidence: "0.9",
        tolerableRate: kind === "change" ? "0.1" : "0.2",
        itemName: `${kind}s`,
      }),
    },
    seed: "20260115",
    size: items.length,
    rationale: "The control runs many times a day, and no deviation is expected.",
    at: "2025-07-14T09:30:00.000Z",
    by: "Mara Novák",
    items,
    strata:
      kind === "change"
        ? {
            key: "path",
            allocation: "proportional",
            digest: sha256Of("strata"),
            sizes: [
              { name: "through a request", population: Math.round((populationSize * 2) / 3), sample: ledger },
              {
                name: "without a request",
                population: populationSize - Math.round((populationSize * 2) / 3),
                sample: items.length - ledger,
              },
            ],
            ofItems: items.map((_, index) => (index < ledger ? "through a request" : "without a request")),
          }
        : null,
    reasons: [],
  };
}

function matrixOf(draw: Draw, items: readonly (Change | DeploymentItem)[], results: readonly Result[]): MatrixView {
  const rows = items.map((item, index) => {
    const own = results.filter((result) => result.item === item.id);
    return {
      id: item.id,
      title: "title" in item ? item.title : `${item.revision} to ${item.environment}`,
      repository: item.repository,
      at: item.at,
      kind: "kind" in item ? item.kind : item.place,
      people: "authors" in item ? item.authors.map(({ name }) => name).join(", ") : item.account.name,
      reference: "ticketKeys" in item ? item.ticketKeys.join(", ") : item.revision,
      ref: `${draw.population === "change" ? "C" : "D"}.${index + 1}`,
      outcomes: Object.fromEntries(own.map(({ control, outcome }) => [control, outcome])),
      judged: {},
    };
  });
  const sample = { population: draw.population, initial: draw, draws: [draw] };
  const dispositions = dispositionsOf(
    standingJudgements(judgeSome(results), results, sha256Of).judgements,
    draw.population,
  );
  return { draw, summaries: concludeControls(catalog, sample, results, dispositions), rows };
}

function ipeOf(sourceId: string, sourceKind: string, records: number, counts: Record<string, number>): IpeRecord {
  return {
    pullId: `pull-${sourceId}-1`,
    sourceId,
    sourceKind,
    endpoint:
      sourceKind === "git"
        ? "https://git.example.org/payments-api.git, branch main"
        : "https://api.example.org/repos/acme/payments-api",
    query:
      sourceKind === "git"
        ? "git log --first-parent --raw -z main, from 2025-01-01 until before 2025-07-01"
        : "GET /repos/acme/payments-api/pulls?state=closed&base=main&sort=updated&direction=desc&per_page=100",
    identity: sourceKind === "git" ? "" : "auditor-readonly",
    access: sourceKind === "git" ? "read" : "repo:read",
    period: engagement.period,
    startedAt: "2025-07-14T08:00:00.000Z",
    finishedAt: "2025-07-14T08:04:10.000Z",
    toolVersion: "Tickmark 0.1.0",
    requests: 31,
    records,
    counts,
    tieOuts: [
      {
        what: "pull requests merged in the period",
        how: "total_count of the host's own search",
        expected: 276,
        received: 276,
      },
      { what: "reviews", how: "sum of the reviews that the pull requests count", expected: 512, received: 511 },
    ],
    coverage: [
      {
        kind: "requests",
        scope: "payments-api",
        from: "2025-01-01T00:00:00.000Z",
        to: "2025-07-01T00:00:00.000Z",
        sourceId,
      },
      {
        kind: "reviews",
        scope: "payments-api",
        from: "2025-01-01T00:00:00.000Z",
        to: "2025-07-01T00:00:00.000Z",
        sourceId,
      },
    ],
    reading: {
      facts: { "change-request": 276, "review": 511 },
      first: "2025-01-02T08:00:00.000Z",
      last: "2025-06-30T16:00:00.000Z",
      unread: {
        count: 1,
        first: [
          {
            locator: "https://api.example.org/repos/acme/payments-api/pulls/77/reviews",
            evidence: sha256Of("77"),
            place: "/3",
            reason: "submitted_at: expected string",
          },
        ],
      },
      sequences: [
        {
          what: "requests",
          scope: "payments-api",
          first: 70,
          last: 351,
          received: 276,
          missing: { count: 6, first: ["91", "120-124"] },
          note: "Issues share their numbers with pull requests.",
        },
      ],
      times: [
        {
          kind: "requests",
          scope: "payments-api",
          facts: 276,
          from: "2025-01-02T08:00:00.000Z",
          to: "2025-06-30T16:00:00.000Z",
          emptyDays: { count: 3, first: ["2025-01-01", "2025-04-19 to 2025-04-20"] },
        },
      ],
      lines: { read: 0, passedOver: 0, blank: 0, unread: 0 },
    },
    notes: ["Interrupted once after page 12 and resumed; no page was received twice."],
    recordsDigest: sha256Of(sourceId),
  };
}

const engagement: ReportContent["engagement"] = {
  id: "6c0d5a8e-93a3-4e0e-9d58-2f3a61f3b8a1",
  name: "Change management, first half of 2025",
  entity: "Northwind Payments Ltd",
  period: {
    from: "2025-01-01",
    to: "2025-06-30",
    timeZone: "Europe/London",
    start: "2025-01-01T00:00:00.000Z",
    end: "2025-06-30T23:00:00.000Z",
  },
  auditor: "Mara Novák",
};

/** An invented engagement: what the engine would hand to the report. */
export const noItems: ReportContent["items"] = {
  "change": [],
  "deployment": [],
  "week": [],
  "quarter": [],
  "incident": [],
  "access-event": [],
  "detected-change": [],
  "document": [],
  "review-pattern": [],
};

function weeksOf(countsOf: (week: number) => { count: number; sampled: number }) {
  return Array.from({ length: 26 }, (_, week) => {
    return { monday: new Date(Date.UTC(2024, 11, 30 + week * 7)).toISOString().slice(0, 10), ...countsOf(week) };
  });
}

export function inventContent(size: Size = { changes: 25, deployments: 8 }): ReportContent {
  const ipe = [
    ipeOf("git-payments", "git", 1874, { commits: 912, refs: 1 }),
    ipeOf("host-payments", "github", 640, { "pull requests": 276, reviews: 511 }),
  ];
  const changes = Array.from({ length: size.changes }, (_, index) => changeOf(index));
  const deployments = Array.from({ length: size.deployments }, (_, index) => deploymentOf(index));
  const items = [...changes, ...deployments];
  const results = [
    ...changes.flatMap(({ id }, index) => resultsOf("change", id, index)),
    ...deployments.flatMap(({ id }, index) => resultsOf("deployment", id, index)),
  ];
  const draws = [
    drawOf(
      "change",
      changes.map(({ id }) => id),
      276,
    ),
    drawOf(
      "deployment",
      deployments.map(({ id }) => id),
      201,
    ),
  ] as const;
  const evidence = items
    .flatMap((item) => item.evidence)
    .map((use): Evidence => {
      return {
        sha256: use.evidence,
        size: 812,
        format: use.as === "commit" ? "git.commit" : "github.pulls",
        locator:
          use.as === "commit"
            ? `git:${use.evidence.slice(0, 40)}`
            : "https://api.example.org/repos/acme/payments-api/pulls",
        sourceId: use.as === "commit" ? "git-payments" : "host-payments",
        pullId: use.as === "commit" ? "pull-git-payments-1" : "pull-host-payments-1",
        receivedAt: "2025-07-14T08:01:00.000Z",
      };
    });
  return {
    engagement,
    createdAt: "2025-07-15T10:00:00.000Z",
    toolVersion: "Tickmark 0.1.0",
    catalog,
    catalogSha256: sha256Of(catalogText),
    parameters: {},
    sources: [
      {
        id: "git-payments",
        kind: "git",
        repository: "payments-api",
        location: "https://git.example.org/payments-api.git",
        releaseBranch: "main",
      },
      {
        id: "host-payments",
        kind: "github",
        repository: "payments-api",
        project: "acme/payments-api",
        apiUrl: "https://api.example.org",
        releaseBranch: "main",
        token: { in: "environment", name: "HOST_TOKEN" },
      },
    ],
    ipe,
    completeness: stateCompleteness(
      engagement.period,
      [{ id: "git-payments" }, { id: "host-payments" }, { id: "log" }],
      ipe,
    ),
    freezes: draws.map((draw) => ({
      id: draw.freezeId,
      population: draw.population,
      at: "2025-07-14T09:00:00.000Z",
      by: "Mara Novák",
      size: draw.populationSize,
      digest: draw.populationDigest,
    })),
    reconciliation: {
      changes: {
        total: 276,
        merges: 270,
        withRequest: 261,
        withTicket: null,
        released: 250,
        withoutRequest: Array.from({ length: 26 }, (_, index) => changeOf(index).id),
        withoutTicket: [],
        notReleased: [changeOf(1).id],
      },
      tickets: { total: 0, named: 2, namedButAbsent: ["PAY-9"], withoutChange: [] },
      deployments: {
        total: 201,
        ofMerge: 194,
        byTag: 194,
        byCommit: 7,
        byArtifact: 0,
        rollbacks: [deploymentOf(2).id],
        otherBranch: [],
        absent: [deploymentOf(1).id],
        older: [],
        unresolved: [],
      },
    },
    weeks: {
      change: weeksOf((week) => ({ count: 6 + ((week * 5) % 9), sampled: week % 3 === 1 ? 2 : week % 2 })),
      deployment: weeksOf((week) => ({ count: 4 + ((week * 7) % 8), sampled: week % 4 === 0 ? 1 : 0 })),
    },
    exclusions: [
      {
        id: changeOf(99).id,
        at: "2025-07-01T08:00:00.000Z",
        title: "Arrived a day late",
        reason: "It arrived after the period.",
      },
    ],
    remarks: [
      {
        id: changeOf(3).id,
        remark: "Its time is that of the committer's own clock, since no change request tells another.",
      },
    ],
    draws: draws.map((draw) => ({
      draw,
      standing: "sample" as const,
      sentences: draw.basis.kind === "plan" ? [draw.basis.plan.sentence] : [],
      command: `while IFS= read -r id; do printf '%s %s\\n' "$(printf '%s|%s' '${draw.seed}' "$id" | sha256sum | cut -c1-64)" "$id"; done < population/${draw.population}s.ids.txt | LC_ALL=C sort | head -n ${draw.size} | cut -c66-`,
    })),
    curves: Object.fromEntries(
      draws.map(({ id, basis }) => [id, basis.kind === "plan" ? planCurve(basis.plan.request) : []]),
    ),
    matrices: [matrixOf(draws[0], changes, results), matrixOf(draws[1], deployments, results)],
    frameworks: reportFrameworks(catalog, [], []),
    items: { ...noItems, change: changes, deployment: deployments },
    results: new ResultList(results),
    ...peopleSaid(
      results,
      catalog.controls.map(({ id }) => id),
    ),
    evidence,
    activityHead: sha256Of("head"),
    activityCount: 42,
    signer: { subject: "CN=Mara Novák, O=Example Audit LLP", fingerprint: sha256Of("certificate") },
  };
}
