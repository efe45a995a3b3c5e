import { factsOf } from "../facts/fact-set.ts";
import type { Attestation } from "../model/attestation-facts.ts";
import type { AskedDocument } from "../model/catalog.ts";
import type { EvidenceUse } from "../model/evidence.ts";
import type { DetectionView, DocumentItem, OccurrenceItem } from "../model/occurrence-item.ts";
import type { Period } from "../model/period.ts";
import { coverSpan, type EntityContext, viewAttestation } from "./entity-context.ts";
import { citeAs, distinctUses } from "./evidence-uses.ts";
import { distinct } from "./fact-groups.ts";
import type { Occurrence } from "./occurrences.ts";
import { detectedChangeId } from "./production-assembly.ts";

/** Weeks or quarters with what was attested and detected in each. A week in which nothing happened is there too. */
export function assembleOccurrences(
  context: EntityContext,
  occurrences: readonly Occurrence[],
  period: Period,
): OccurrenceItem[] {
  const runs = distinct(
    factsOf(context.facts, "detector-run"),
    ({ detector, host, at }) => `${detector} ${host} ${at}`,
  );
  const changes = distinct(factsOf(context.facts, "detected-change"), detectedChangeId);
  const detectors = [...Map.groupBy(runs, ({ host, detector }) => `${host} ${detector}`).values()];
  // That a host has a detector at all is known from its first run, whenever it was.
  const known = detectors.flatMap((own) => own.slice(0, 1));
  const detectorsKnown = context.coverage.coversSpanOfAll("detections", period.start, period.end);
  return occurrences.map(({ id, from, to, whole, within }) => {
    const isIn = ({ at }: { readonly at: string }) => at >= from && at < to;
    const attestations = context.attestationsOf(id);
    const detected = changes.filter(isIn);
    return {
      id,
      from,
      to,
      whole,
      attestations: attestations.map((fact) => viewAttestation(context, fact)),
      detections: detectors.flatMap((own): DetectionView[] => {
        const [first] = own;
        const inside = own.filter(isIn);
        return first ? [countRuns(first.host, first.detector, inside)] : [];
      }),
      detectorsKnown,
      detected: detected.length,
      coverage: {
        ...coverSpan(context.coverage, within.from, within.to),
        // A host whose reports are not at hand may be the one where something was found.
        detections: context.coverage.coversSpanOfAll("detections", within.from, within.to),
      },
      evidence: distinctUses([
        ...citeAttestations(context, attestations),
        ...[...known, ...runs.filter(isIn), ...detected].map(citeAs("production")),
      ]),
    };
  });
}

/** What was attested, and the documents that were attached to it. */
function citeAttestations(context: EntityContext, attestations: readonly Attestation[]): EvidenceUse[] {
  return attestations.flatMap((fact) => [
    citeAs("document")(fact),
    ...context.attachedTo(fact).map(citeAs("document")),
  ]);
}

function countRuns(
  host: string,
  detector: string,
  runs: readonly { readonly succeeded: boolean; readonly changes: number }[],
): DetectionView {
  return {
    host,
    detector,
    runs: runs.filter(({ succeeded }) => succeeded).length,
    failedRuns: runs.filter(({ succeeded }) => !succeeded).length,
    changes: runs.reduce((sum, { changes }) => sum + changes, 0),
  };
}

/** Each document that the catalog asks for, attested or not: what nobody attested must be seen to lack. */
export function assembleDocuments(
  context: EntityContext,
  asked: readonly AskedDocument[],
  period: Period,
): DocumentItem[] {
  return asked.map(({ control, id, title }) => {
    const attestations = context.attestationsOf(id).filter((fact) => fact.control === control);
    return {
      id: `${control}/${id}`,
      control,
      title,
      at: period.end,
      attestations: attestations.map((fact) => viewAttestation(context, fact)),
      coverage: coverSpan(context.coverage, period.start, period.end),
      evidence: distinctUses(citeAttestations(context, attestations)),
    };
  });
}
