import { createHash } from "node:crypto";
import type { AuditRecord } from "../../../shared/bundle/audit-record.ts";
import { concludeControls } from "../../../shared/evaluation/conclusion.ts";
import type { AuditException } from "../../../shared/model/audit-exception.ts";
import type { Digest } from "../../../shared/model/digest.ts";
import type { Evidence } from "../../../shared/model/evidence.ts";
import { resolvePeriod } from "../../../shared/model/period.ts";
import { ResultList } from "../../../shared/model/results.ts";
import { catalog, drawAndTest, plan, type Tested } from "../evaluation/sample-under-test.ts";

export const digest: Digest = (content) => createHash("sha256").update(content).digest("hex");

/** Sixty changes under a plan that puts up with none: one failed, one has no evidence. */
export const usualTest: Tested = {
  populationSize: 5000,
  basis: plan({ method: "binomial", confidence: "0.9", tolerableRate: "0.05" }),
  found: { "pass": 56, "fail": 1, "no-evidence": 1, "not-applicable": 2 },
};

/** Written up and answered, and not tested again. */
const exception: AuditException = {
  number: 1,
  revision: 2,
  control: "REV-01",
  title: "Nobody looked",
  severity: "deficiency",
  ...{ criterion: "A peer looks.", condition: "Nobody did.", cause: "=Haste()", effect: "Errors stay." },
  items: [{ population: "change", item: "ledger@0000000000000000000000000000000000000056" }],
  by: "Mara Novák",
  at: "2025-07-14T10:00:00.000Z",
  response: { response: "We will.", owner: "Lead", due: "2025-12-31", by: "Lead", at: "2025-07-14T11:00:00.000Z" },
  retests: [],
  closure: null,
};

/** An audit of one control on one sample of changes. `title` goes into names and locators, where anybody may write anything. */
export function auditRecordOf(tested: Tested = usualTest, title = "Change management"): AuditRecord {
  const { sample, results } = drawAndTest(tested);
  const items = sample.drawn.map((id) => ({
    id,
    commit: id.slice(id.indexOf("@") + 1),
    evidence: [{ evidence: digest(`commit of ${id}`), place: "", as: "commit" as const }],
  }));
  return {
    engagement: {
      id: "6f1c2b1e-0c1f-4c57-9d5e-0d9e4e3a2b10",
      name: title,
      entity: "Northwind",
      period: resolvePeriod("2025-01-01", "2025-06-30", "Europe/Zurich"),
      auditor: "Mara Novák",
    },
    createdAt: "2025-07-15T10:00:00.000Z",
    activityHead: "a".repeat(64),
    tool: { name: "Tickmark", version: "0.0.0" },
    catalog,
    catalogSha256: "c".repeat(64),
    freezes: [
      {
        id: "freeze-1",
        population: "change",
        at: "2025-07-14T09:00:00.000Z",
        by: "Mara Novák",
        size: sample.drawn.length,
        digest: "d".repeat(64),
      },
    ],
    ids: { change: sample.drawn },
    draws: sample.draws,
    samples: [sample],
    items: { change: items },
    results: new ResultList(
      results.map((result) => ({
        ...result,
        evidence: [...(items.find(({ id }) => id === result.item)?.evidence ?? [])],
      })),
    ),
    conclusions: concludeControls(catalog, sample, results),
    judgements: [],
    exceptions: [exception],
    derived: new Map(),
    evidence: items.flatMap(({ evidence }) => evidence.map((use) => evidenceOf(use.evidence, title))),
  };
}

function evidenceOf(sha256: string, title: string): Evidence {
  const receivedAt = "2025-07-14T08:00:00.000Z";
  return {
    sha256,
    size: 1,
    format: "git.commit",
    locator: `git:${title}`,
    sourceId: "git",
    pullId: "pull-1",
    receivedAt,
  };
}
