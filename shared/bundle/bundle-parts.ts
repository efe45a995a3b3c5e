import { z } from "zod";
import { ParameterValues } from "../model/catalog.ts";
import { Engagement } from "../model/engagement.ts";
import { EvidenceScope } from "../model/evidence-scope.ts";
import { JudgementStanding } from "../model/judgement-view.ts";
import { Exclusion, Remark } from "../model/population.ts";
import { PopulationKind } from "../model/population-kind.ts";
import { ScopeSignOffs } from "../model/sign-off.ts";
import { Source } from "../model/source.ts";
import type { StratumKey } from "../model/stratum.ts";
import { WeekCount } from "../model/view.ts";
import { BundleSplit } from "./bundle-split.ts";

/** Names of the parts. Writer and verification take them from here. */
export const partPaths = {
  report: "report.pdf",
  viewer: "index.html",
  instructions: "VERIFY.md",
  engagement: "engagement.json",
  catalog: "catalog.yaml",
  people: "people.json",
  completeness: "completeness.json",
  freezes: "population/freezes.json",
  exclusions: "population/exclusions.json",
  weeks: "population/weeks.json",
  reconciliation: "reconciliation.json",
  draws: "sample/draws.json",
  reperform: "reperform.sh",
  results: "results.jsonl",
  summaries: "summaries.json",
  judgements: "judgements.jsonl",
  exceptions: "exceptions.json",
  signOffs: "sign-offs.json",
  reviewNotes: "review-notes.json",
  standing: "standing.json",
  evidenceIndex: "evidence/index.jsonl",
  activityLog: "activity-log.jsonl",
} as const;

export const idsPath = (population: PopulationKind) => `population/${population}s.ids.txt`;
export const itemsPath = (population: PopulationKind) => `items/${population}s.jsonl`;
/** Stratum and id of each item of the newest freeze, for the keys by which it was split. */
export const strataPath = (population: PopulationKind, key: StratumKey) =>
  `population/${population}s.${key}.strata.tsv`;
export const ipePath = (pullId: string) => `ipe/${pullId}.json`;
export const evidencePath = (sha256: string) => `evidence/${sha256}`;

export const EngagementPart = z.object({
  engagement: Engagement,
  sources: z.array(Source),
  parameters: ParameterValues,
  evidenceScope: EvidenceScope,
  /** Draws that results are for, sample by sample (`testedSamples`). Earlier draws stay in the draw log for all to see. */
  testedDraws: z.array(z.string()),
  /** Of a bundle that is one of several. */
  split: BundleSplit.exactOptional(),
});
export type EngagementPart = z.infer<typeof EngagementPart>;

export const ExclusionsPart = z.object({ exclusions: z.array(Exclusion), remarks: z.array(Remark) });
export type ExclusionsPart = z.infer<typeof ExclusionsPart>;

/** Population → its items by week of the period; only those that have weeks. */
export const WeeksPart = z.partialRecord(PopulationKind, z.array(WeekCount));
export type WeeksPart = z.infer<typeof WeeksPart>;

/**
 * What had become of judgements and sign-offs. It follows from the other parts, but for a part of several and for a redacted edition,
 * which do not have all that those are over.
 */
export const StandingPart = z.object({
  judgements: z.array(z.object({ number: z.int(), standing: JudgementStanding })),
  /** The engagement's, then those of each control that was tested. */
  signOffs: z.array(ScopeSignOffs),
});
export type StandingPart = z.infer<typeof StandingPart>;
