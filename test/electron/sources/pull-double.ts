import { hash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { PullContext, PullOutcome, SourceDriver } from "../../../electron/sources/source-driver.ts";
import type { RawRecord } from "../../../shared/model/evidence.ts";
import { type Period, resolvePeriod } from "../../../shared/model/period.ts";
import type { RequestRecord } from "../../../shared/model/pull.ts";
import type { SourceKind, SourceOf } from "../../../shared/model/source.ts";

/** A folder that is removed when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tickmark-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Stands for the store: keeps what a driver hands over, and its cursor as JSON, as after a restart. */
export interface PullDouble {
  readonly records: RawRecord[];
  readonly requests: RequestRecord[];
  readonly context: PullContext;
  cursor: string | null;
  saves: number;
}

export interface DoubleSettings {
  readonly period?: Period;
  readonly workFolder?: string;
  readonly baseFolder?: string;
  readonly signal?: AbortSignal;
  /** The double whose pull was interrupted, to go on from. */
  readonly after?: PullDouble;
  /** Number of the save at which the process dies, before anything of that save is kept. */
  readonly dieAtSave?: number;
  /** What the pull before received; nothing by default. */
  readonly earlier?: PullContext["earlier"];
}

export class Died extends Error {}

export function createPullDouble(settings: DoubleSettings = {}): PullDouble {
  const { after } = settings;
  const workFolder = settings.workFolder ?? after?.context.workFolder ?? temporaryFolder();
  const double: PullDouble = {
    records: after?.records ?? [],
    requests: after?.requests ?? [],
    cursor: after?.cursor ?? null,
    saves: 0,
    context: {
      period: settings.period ?? after?.context.period ?? resolvePeriod("2025-01-01", "2025-12-31", "UTC"),
      signal: settings.signal ?? new AbortController().signal,
      now: () => "2026-01-05T09:00:00.000Z",
      readSecret: () => {
        throw new Error("no secret is needed here");
      },
      baseFolder: settings.baseFolder ?? after?.context.baseFolder ?? workFolder,
      workFolder,
      cursor: after?.cursor ? JSON.parse(after.cursor) : null,
      async save(step) {
        double.saves += 1;
        if (double.saves === settings.dieAtSave) throw new Died();
        double.records.push(...step.records.map((record) => ({ ...record, bytes: Uint8Array.from(record.bytes) })));
        for (const { answer, ...request } of step.requests ?? []) {
          double.requests.push(answer === undefined ? request : { ...request, sha256: hash("sha256", answer) });
        }
        double.cursor = JSON.stringify(step.cursor);
      },
      report() {},
      earlier: settings.earlier ?? (() => null),
    },
  };
  return double;
}

/** Pulls once and gives what came. */
export async function pullOnce<K extends SourceKind>(
  driver: SourceDriver<K>,
  source: SourceOf<K>,
  settings: DoubleSettings = {},
): Promise<PullDouble & { outcome: PullOutcome }> {
  const double = createPullDouble(settings);
  const outcome = await driver.pull(source, double.context);
  return Object.assign(double, { outcome });
}

/** Evidence as a sorted list of what identifies it, so that two pulls can be compared. */
export function evidenceOf({ records }: Pick<PullDouble, "records">): string[] {
  return records.map(({ format, locator, bytes }) => `${format} ${locator} ${hash("sha256", bytes)}`).sort();
}

export function recordsOf({ records }: Pick<PullDouble, "records">, format: RawRecord["format"]): RawRecord[] {
  return records.filter((record) => record.format === format);
}
