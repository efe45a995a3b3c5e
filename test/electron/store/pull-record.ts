import type { WritableEngagement } from "../../../electron/store/engagement-file.ts";
import type { Engagement } from "../../../shared/model/engagement.ts";
import { resolvePeriod } from "../../../shared/model/period.ts";
import type { IpeRecord } from "../../../shared/model/pull.ts";

export const engagement: Engagement = {
  id: "0b0e6f1c-2a8e-4a53-9f0e-6a1d5b7c9e01",
  name: "Change management H1 2025",
  entity: "Example Ltd",
  period: resolvePeriod("2025-01-01", "2025-06-30", "Europe/London"),
  auditor: "Ada Auditor",
};

/** The IPE record that fits what the store has of a pull. */
export function ipeOf(store: WritableEngagement, pullId: string): IpeRecord {
  const pull = store.pullById(pullId);
  return {
    pullId,
    sourceId: pull.sourceId,
    sourceKind: "git",
    endpoint: "/srv/shop.git",
    query: "git log main",
    identity: "",
    access: "",
    period: engagement.period,
    startedAt: pull.startedAt,
    finishedAt: "2025-07-01T11:00:00.000Z",
    toolVersion: "Tickmark 0.1.0",
    requests: store.countRequests(pullId),
    records: store.countRecords(pullId),
    counts: {},
    tieOuts: [],
    coverage: [],
    notes: [],
    recordsDigest: store.recordsDigestOf(pullId),
  };
}
