import { evidencePath, idsPath, ipePath, itemsPath, partPaths } from "../../../shared/bundle/bundle-parts.ts";
import { type DocumentBounds, documentBounds } from "../../../shared/bundle/document-bounds.ts";
import { comparePaths, type PartRole } from "../../../shared/bundle/manifest.ts";
import { redactionLogPath } from "../../../shared/bundle/redaction/redaction-log.ts";
import { encodeCanonical } from "../../../shared/model/canonical-json.ts";
import { type LongList, mapEach } from "../../../shared/model/long-list.ts";
import { PopulationKind } from "../../../shared/model/population-kind.ts";
import { listIds } from "../../../shared/population/population-digest.ts";
import { contentOfText } from "../../export/text-content.ts";
import type { BundlePart } from "../../export/zip.ts";
import type { CarriedContent } from "./carried-records.ts";
import type { RecordReading } from "./evidence-redaction.ts";
import type { ExportContent } from "./export-content.ts";
import type { ExportRedaction } from "./export-redaction.ts";
import { largeFrom } from "./large-record.ts";

/**
 * Lays the content out as the bundle's files, but for the evidence. Long lists are written line by line, so memory does not grow with
 * their bytes.
 */
export function layOutBundle(
  content: ExportContent,
  pages: { report: Uint8Array; viewer: () => Iterable<string>; instructions: string; script: string },
  { log }: Pick<ExportRedaction, "log">,
  { heldText }: DocumentBounds = documentBounds,
): BundlePart[] {
  const lines = (path: string, role: PartRole, values: Iterable<unknown>): BundlePart => {
    return { path, role, mediaType: "application/jsonl", bytes: contentOfText(() => linesOf(values), heldText) };
  };
  const frozen = PopulationKind.options.filter((kind) => content.freezes.some(({ population }) => population === kind));
  const drawn = PopulationKind.options.filter((kind) => content.draws.some(({ population }) => population === kind));
  const { reconciliation, exclusions, remarks } = content.population;
  return [
    { path: partPaths.report, role: "report", mediaType: "application/pdf", bytes: pages.report },
    { path: partPaths.viewer, role: "viewer", mediaType: "text/html", bytes: contentOfText(pages.viewer, heldText) },
    text(partPaths.instructions, "instructions", "text/markdown", pages.instructions),
    text(partPaths.reperform, "instructions", "application/x-sh", pages.script),
    json(partPaths.engagement, "engagement", content.part),
    text(partPaths.catalog, "catalog", "application/yaml", content.catalogText),
    json(partPaths.people, "people", content.people),
    ...content.ipe.map((record) => json(ipePath(record.pullId), "ipe", record)),
    json(partPaths.completeness, "ipe", content.completeness),
    json(partPaths.freezes, "population", content.freezes),
    ...frozen.map((kind): BundlePart => {
      const bytes = contentOfText(() => linesOfIds(content.ids[kind]), heldText);
      return { path: idsPath(kind), role: "population", mediaType: "text/plain", bytes };
    }),
    ...content.strata.map(({ path, list }) => text(path, "population", "text/tab-separated-values", list)),
    json(partPaths.exclusions, "population", { exclusions, remarks }),
    json(partPaths.weeks, "population", content.weeks),
    json(partPaths.reconciliation, "reconciliation", reconciliation),
    json(partPaths.draws, "sample", content.draws),
    ...drawn.map((kind) => lines(itemsPath(kind), "items", content.items[kind])),
    lines(partPaths.results, "results", content.results),
    json(partPaths.summaries, "conclusions", content.summaries),
    lines(partPaths.judgements, "judgements", content.judgements),
    json(partPaths.exceptions, "exceptions", content.exceptions),
    json(partPaths.signOffs, "sign-offs", content.signOffs),
    json(partPaths.reviewNotes, "review-notes", content.reviewNotes),
    json(partPaths.standing, "judgements", content.standing),
    lines(partPaths.evidenceIndex, "evidence-index", content.evidence),
    lines(partPaths.activityLog, "activity-log", content.activities),
    ...(log === null ? [] : [json(redactionLogPath, "redactions", log)]),
  ];
}

/**
 * The evidence as the bundle's files, in the order of their paths. Each is made when its turn comes: there may be a million.
 *
 * @param records each content once, in the order of their hashes
 */
export function* evidenceParts(
  records: Iterable<CarriedContent>,
  store: RecordReading,
  redacted: ExportRedaction["records"],
): Generator<BundlePart> {
  const about = { role: "evidence", mediaType: "application/octet-stream" } as const;
  for (const { sha256, size } of records) {
    if (redacted.has(sha256)) continue;
    const bytes = () => (size > largeFrom ? { pieces: store.streamEvidence(sha256) } : store.readEvidence(sha256));
    yield { ...about, path: evidencePath(sha256), bytes, size };
  }
  for (const { sha256 } of records) {
    const { bytes = null, entry } = redacted.get(sha256) ?? {};
    if (bytes !== null && entry?.derived) yield { ...about, path: entry.derived.path, bytes, size: entry.derived.size };
  }
}

/** A list of parts and a stream of many, which is in order, as one stream in the order of the container. */
export async function* mergeParts(few: readonly BundlePart[], many: Iterable<BundlePart>): AsyncGenerator<BundlePart> {
  const waiting = few.toSorted((left, right) => comparePaths(left.path, right.path));
  for (const part of many) {
    for (let [first] = waiting; first && comparePaths(first.path, part.path) < 0; [first] = waiting) {
      yield first;
      waiting.shift();
    }
    yield part;
  }
  yield* waiting;
}

/** Ids come in order from a frozen population; what was redacted in them is an array, and may stand elsewhere. */
function linesOfIds(ids: LongList<string>): Iterable<string> {
  return Array.isArray(ids) ? [listIds(ids)] : mapEach(ids, (id) => `${id}\n`);
}

function text(path: string, role: PartRole, mediaType: string, content: string): BundlePart {
  return { path, role, mediaType, bytes: Buffer.from(content) };
}

function json(path: string, role: PartRole, value: unknown): BundlePart {
  return text(path, role, "application/json", encodeCanonical(value));
}

function* linesOf(values: Iterable<unknown>): Generator<string> {
  for (const value of values) yield `${encodeCanonical(value)}\n`;
}
