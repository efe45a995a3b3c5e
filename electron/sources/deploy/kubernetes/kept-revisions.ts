import { z } from "zod";
import { type Instant, parseInstant } from "../../../../shared/model/instant.ts";
import type { Question } from "../../list-pull/list-cursor.ts";

/** What tells of a replica set, a controller revision or a release of Helm which revision of what it is. */
export const Item = z.object({
  metadata: z.object({
    name: z.string(),
    uid: z.string(),
    creationTimestamp: z.string(),
    annotations: z.record(z.string(), z.string()).nullish(),
    labels: z.record(z.string(), z.string()).nullish(),
    ownerReferences: z.array(z.object({ kind: z.string(), name: z.string() })).nullish(),
  }),
  /** Of a controller revision. */
  revision: z.int().optional(),
});
export type Item = z.infer<typeof Item>;

export function workloadOf({ metadata }: Item): string {
  return metadata.ownerReferences?.[0]?.name ?? metadata.labels?.name ?? metadata.name;
}

/** What is kept of one workload. */
const Kept = z.object({
  count: z.int(),
  /** Numbers that its revisions bear; null where one of them bears none. */
  numbers: z.object({ lowest: z.int(), highest: z.int() }).nullable(),
  oldest: z.string(),
  /** A revision was rolled out once more: its earlier numbers are kept, and the time is not. */
  again: z.boolean(),
});
type Kept = z.infer<typeof Kept>;
const KeptByWorkload = z.record(z.string(), Kept);

/** What is kept of each workload, with the pages before: those of one workload may stand on several. */
export function tallyKept({ kept }: Question["memo"], items: readonly Item[]): Record<string, Kept> {
  const before = KeptByWorkload.parse(JSON.parse(typeof kept === "string" ? kept : "{}"));
  const tallied = new Map(Object.entries(before));
  for (const [workload, found] of Map.groupBy(items, workloadOf)) {
    const now = tally(found);
    const earlier = tallied.get(workload);
    tallied.set(workload, earlier === undefined ? now : joined(earlier, now));
  }
  return Object.fromEntries(tallied);
}

function tally(items: readonly Item[]): Kept {
  const numbered = items.map((item) => ({ number: numberOf(item), at: item.metadata.creationTimestamp }));
  const numbers = numbered.flatMap(({ number }) => number ?? []);
  const inOrder = numbered
    .toSorted((one, other) => (one.number ?? 0) - (other.number ?? 0))
    .map(({ at }) => madeAt(at));
  return {
    count: items.length,
    numbers: numbers.length < items.length ? null : { lowest: Math.min(...numbers), highest: Math.max(...numbers) },
    oldest: inOrder.toSorted()[0] ?? "",
    // One that bears a higher number than a younger one was given it when it was rolled out again.
    again:
      items.some(
        ({ metadata }) => (metadata.annotations?.["deployment.kubernetes.io/revision-history"] ?? "") !== "",
      ) || inOrder.some((at, index) => at < (inOrder[index - 1] ?? "")),
  };
}

function joined(one: Kept, other: Kept): Kept {
  const both = one.numbers !== null && other.numbers !== null ? [one.numbers, other.numbers] : null;
  return {
    count: one.count + other.count,
    numbers: both && {
      lowest: Math.min(...both.map(({ lowest }) => lowest)),
      highest: Math.max(...both.map(({ highest }) => highest)),
    },
    oldest: [one.oldest, other.oldest].sort()[0] ?? "",
    again: one.again || other.again,
  };
}

/** Revisions are numbered from 1 on, each by the next number. */
function numberOf({ metadata, revision }: Item): number | null {
  const written = metadata.annotations?.["deployment.kubernetes.io/revision"] ?? metadata.labels?.version ?? "";
  return revision ?? (/^[1-9]\d*$/.test(written) ? Number(written) : null);
}

function madeAt(time: string): Instant | "" {
  return parseInstant(time) ?? "";
}

/**
 * What all that is kept says of the time before. Nothing before the oldest revision of a workload is covered: the first
 * ones may be gone, and a workload that was deleted and made again begins at 1 once more. Where numbers lack in between,
 * or one was rolled out again, nothing is covered at all.
 */
export function judgeKept(kept: Record<string, Kept>): { reachesBackTo?: Instant; hasGaps: boolean; notes: string[] } {
  const workloads = Object.entries(kept);
  const gaps = workloads.filter(
    ([, { count, numbers, oldest, again }]) =>
      again || oldest === "" || (numbers !== null && numbers.highest - numbers.lowest + 1 !== count),
  );
  const latest = workloads
    .map(([, { oldest }]) => oldest)
    .sort()
    .at(-1);
  return {
    ...(latest ? { reachesBackTo: latest } : {}),
    hasGaps: gaps.length > 0,
    notes: gaps.map(([name]) => `Of ${name} revisions lack between those that are kept, or were rolled out once more.`),
  };
}
