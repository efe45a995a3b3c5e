import type { EvidenceUse } from "../model/evidence.ts";
import type { Origin } from "../model/origin.ts";

/** Turns facts into references to where they were read, and what for. */
export function citeAs(as: EvidenceUse["as"]): (fact: { readonly origin: Origin }) => EvidenceUse {
  return ({ origin }) => ({ evidence: origin.evidence, place: origin.place, as });
}

export function distinctUses(uses: readonly EvidenceUse[]): EvidenceUse[] {
  return [...new Map(uses.map((use) => [`${use.as} ${use.evidence} ${use.place}`, use])).values()];
}
