import type { AuditException } from "../model/audit-exception.ts";
import type { Catalog, Control } from "../model/catalog.ts";
import type { Conclusion } from "../model/conclusion.ts";
import type { Sha256 } from "../model/digest.ts";
import type { Engagement } from "../model/engagement.ts";
import type { Evidence, EvidenceUse } from "../model/evidence.ts";
import type { Instant } from "../model/instant.ts";
import type { Judgement } from "../model/judgement.ts";
import type { LongList } from "../model/long-list.ts";
import type { PopulationKind } from "../model/population-kind.ts";
import type { Result } from "../model/result.ts";
import type { Results } from "../model/results.ts";
import type { Draw, Freeze } from "../model/sample.ts";
import type { TestedSample } from "../sample/tested-samples.ts";
import { evidencePath } from "./bundle-parts.ts";

/** A sampled item, whatever its population. */
export interface AuditedItem {
  readonly id: string;
  /** Of changes and deployments; empty where a deployment's is not known. */
  readonly commit?: string;
  readonly title?: string;
  readonly repository?: string;
  readonly at?: Instant;
  readonly evidence: readonly EvidenceUse[];
}

/**
 * What an audit came to, as the bundle's documents for other programs are written from it. All of it is stated in the bundle's
 * own parts too, so that whoever has these can write the documents again and compare.
 */
export interface AuditRecord {
  readonly engagement: Engagement;
  /** Of the last act, so that an unchanged engagement gives the same documents. */
  readonly createdAt: Instant;
  readonly activityHead: Sha256;
  /** Name and version of the program. */
  readonly tool: { readonly name: string; readonly version: string };
  readonly catalog: Catalog;
  readonly catalogSha256: Sha256;
  readonly freezes: readonly Freeze[];
  /** The items of the newest freezes. */
  readonly ids: Readonly<Partial<Record<PopulationKind, LongList<string>>>>;
  /** The draw log, with draws that were not tested. */
  readonly draws: readonly Draw[];
  readonly samples: readonly TestedSample[];
  readonly items: Readonly<Partial<Record<PopulationKind, readonly AuditedItem[]>>>;
  readonly results: Results;
  readonly conclusions: readonly Conclusion[];
  readonly judgements: readonly Judgement[];
  readonly exceptions: readonly AuditException[];
  /** Records of the evidence that the bundle carries. */
  readonly evidence: LongList<Evidence>;
  /** Hash of a record that was redacted → the copy that the bundle has; null where it was withheld. */
  readonly derived: ReadonlyMap<Sha256, BundledFile | null>;
}

/** A file of the bundle. */
export interface BundledFile {
  readonly path: string;
  readonly sha256: Sha256;
}

/** Where the bundle has a record; null where it was withheld. */
export function fileOfEvidence({ derived }: AuditRecord, sha256: Sha256): BundledFile | null {
  const copy = derived.get(sha256);
  return copy === undefined ? { path: evidencePath(sha256), sha256 } : copy;
}

/** One control on one sampled item, with the results of its assertions. */
export interface ControlTest {
  readonly sample: TestedSample;
  /** Workpaper reference of the item: `C.1`. */
  readonly reference: string;
  readonly item: AuditedItem;
  readonly control: Control;
  readonly results: readonly Result[];
}

/**
 * Every control on every item that counts, sample by sample, item by item, in the order of the catalog. They can be gone through again
 * and again; of a large sample there are too many to hold.
 */
export function controlTests(record: AuditRecord): Iterable<ControlTest> {
  const items = new Map(
    record.samples.map(({ population }) => [
      population,
      new Map((record.items[population] ?? []).map((item) => [item.id, item])),
    ]),
  );
  return {
    *[Symbol.iterator]() {
      for (const sample of record.samples) {
        const places = new Map(sample.drawn.map((id, index) => [id, index + 1] as const).toReversed());
        for (const id of sample.items) {
          const item = items.get(sample.population)?.get(id);
          if (item === undefined) continue;
          const reference = `${sample.reference}.${places.get(id)}`;
          const results = Map.groupBy(record.results.of(sample.population, id), ({ control }) => control);
          for (const control of record.catalog.controls) {
            const own = results.get(control.id);
            if (own !== undefined) yield { sample, reference, item, control, results: own };
          }
        }
      }
    },
  };
}
