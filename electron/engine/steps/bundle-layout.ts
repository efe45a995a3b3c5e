import { evidencePath, idsPath, ipePath, itemsPath, partPaths } from "../../../shared/bundle/bundle-parts.ts";
import type { PartRole } from "../../../shared/bundle/manifest.ts";
import { encodeCanonical } from "../../../shared/model/canonical-json.ts";
import { PopulationKind } from "../../../shared/model/population-kind.ts";
import { listIds } from "../../../shared/population/population-digest.ts";
import type { BundlePart } from "../../export/zip.ts";
import type { ExportContent } from "./export-content.ts";

/** Lays the content out as the bundle's files. Evidence is read when its turn has come, so memory does not grow with it. */
export function layOutBundle(
  content: ExportContent,
  pages: { report: Uint8Array; viewer: string; instructions: string; script: string },
  readEvidence: (sha256: string) => Uint8Array,
): BundlePart[] {
  const frozen = PopulationKind.options.filter((kind) => content.freezes.some(({ population }) => population === kind));
  const drawn = PopulationKind.options.filter((kind) => content.draws.some(({ population }) => population === kind));
  const { reconciliation, exclusions, remarks } = content.population;
  return [
    { path: partPaths.report, role: "report", mediaType: "application/pdf", bytes: pages.report },
    text(partPaths.viewer, "viewer", "text/html", pages.viewer),
    text(partPaths.instructions, "instructions", "text/markdown", pages.instructions),
    text(partPaths.reperform, "instructions", "application/x-sh", pages.script),
    json(partPaths.engagement, "engagement", content.part),
    text(partPaths.catalog, "catalog", "application/yaml", content.catalogText),
    json(partPaths.people, "people", content.people),
    ...content.ipe.map((record) => json(ipePath(record.pullId), "ipe", record)),
    json(partPaths.completeness, "ipe", content.completeness),
    json(partPaths.freezes, "population", content.freezes),
    ...frozen.map((kind) => text(idsPath(kind), "population", "text/plain", listIds(content.ids[kind]))),
    ...content.strata.map(({ path, list }) => text(path, "population", "text/tab-separated-values", list)),
    json(partPaths.exclusions, "population", { exclusions, remarks }),
    json(partPaths.reconciliation, "reconciliation", reconciliation),
    json(partPaths.draws, "sample", content.draws),
    ...drawn.map((kind) => lines(itemsPath(kind), "items", content.items[kind])),
    lines(partPaths.results, "results", content.results),
    json(partPaths.summaries, "conclusions", content.summaries),
    lines(partPaths.evidenceIndex, "evidence-index", content.evidence),
    lines(partPaths.activityLog, "activity-log", content.activities),
    ...evidenceParts(content, readEvidence),
  ];
}

/** One file for each content, though several answers may have been equal byte for byte. */
function evidenceParts(content: ExportContent, readEvidence: (sha256: string) => Uint8Array): BundlePart[] {
  const sizes = new Map(content.evidence.map(({ sha256, size }) => [sha256, size]));
  return [...sizes].map(([sha256, size]) => ({
    path: evidencePath(sha256),
    role: "evidence",
    mediaType: "application/octet-stream",
    bytes: () => readEvidence(sha256),
    size,
  }));
}

function text(path: string, role: PartRole, mediaType: string, content: string): BundlePart {
  return { path, role, mediaType, bytes: Buffer.from(content) };
}

function json(path: string, role: PartRole, value: unknown): BundlePart {
  return text(path, role, "application/json", encodeCanonical(value));
}

function lines(path: string, role: PartRole, values: readonly unknown[]): BundlePart {
  return text(path, role, "application/jsonl", values.map((value) => `${encodeCanonical(value)}\n`).join(""));
}
