import { Readable } from "node:stream";
import type { BundlePart } from "../../../electron/export/zip.ts";
import type { ManifestInfo } from "../../../shared/bundle/manifest.ts";

export const manifestInfo: ManifestInfo = {
  tool: { name: "Tickmark", version: "0.1.0" },
  engagement: {
    id: "e-1",
    name: "Change management 2025",
    entity: "Example AG",
    from: "2025-01-01",
    to: "2025-07-01",
    timeZone: "Europe/Zurich",
  },
  createdAt: "2025-07-15T10:00:00.000Z",
  activityHead: "a".repeat(64),
};

export const signedAt = "2025-07-15T10:00:00.000Z";

/** A part given whole. */
export function textPart(path: string, text: string, over: Partial<BundlePart> = {}): BundlePart {
  return { path, role: "results", mediaType: "application/json", bytes: Buffer.from(text), ...over };
}

/** A part given as a stream of `pieces`. */
export function streamedPart(path: string, pieces: readonly string[], over: Partial<BundlePart> = {}): BundlePart {
  const bytes = () => Readable.from(pieces.map((piece) => Buffer.from(piece)));
  return { path, role: "evidence", mediaType: "application/json", bytes, ...over };
}

/** A part that counts as too large to be held. */
export function largePart(path: string, pieces: readonly string[], over: Partial<BundlePart> = {}): BundlePart {
  const bytes = () => ({ pieces: Readable.from(pieces.map((piece) => Buffer.from(piece))) });
  return { path, role: "evidence", mediaType: "application/json", bytes, ...over };
}

/** Small parts of every sort: names in two scripts, an empty file, a compressed one, streams, one in pieces. */
export function sampleParts(report: Buffer): BundlePart[] {
  return [
    textPart("results.json", `[${"1,".repeat(500)}1]`),
    textPart("Übersicht 変更.json", "{}"),
    textPart("empty.json", ""),
    { path: "report.pdf", role: "report", mediaType: "application/pdf", bytes: report },
    streamedPart("evidence/00/a.json", ["[", "1", "]"], { size: 3 }),
    streamedPart("evidence/01/of-unknown-size.json", ["[", "2", "]"]),
    largePart("evidence/02/large.json", ["[", "3", "]"], { size: 3 }),
    streamedPart("evidence/ff/empty.json", []),
  ];
}
