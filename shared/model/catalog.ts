import { z } from "zod";
import { EvidenceKind } from "./coverage.ts";
import { PopulationKind } from "./population-kind.ts";

const Expression = z.string().min(1);

/** A sentence with CEL texts in braces: `Approved by {change.request.author.name}.` */
const Sentence = z.string().min(1);

/** A condition, and what to say when it holds. */
export const Clause = z.strictObject({ when: Expression, say: Sentence });
export type Clause = z.infer<typeof Clause>;

export const Parameter = z.strictObject({
  type: z.enum(["bool", "int", "string", "list<string>"]),
  default: z.union([z.boolean(), z.int(), z.string(), z.array(z.string())]),
  meaning: z.string().min(1),
});
export type Parameter = z.infer<typeof Parameter>;

/**
 * One rule. In this order: evidence of the kinds in `needs` is missing → `no-evidence`; `appliesWhen` is false →
 * `not-applicable`; a clause of `noEvidenceWhen` holds → `no-evidence`; `pass` → `pass`; else `fail` with the
 * first clause of `failures` that holds, or `fails`.
 */
export const Assertion = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  /** What it is tested on, where that is not the control's own population: all changes together beside each of them. */
  population: PopulationKind.optional(),
  needs: z.array(EvidenceKind).min(1),
  appliesWhen: Expression.default("true"),
  doesNotApply: Sentence.default("The control does not apply to this item."),
  noEvidenceWhen: z.array(Clause).default([]),
  pass: Expression,
  passes: Sentence,
  failures: z.array(Clause).default([]),
  fails: Sentence,
});
export type Assertion = z.infer<typeof Assertion>;

export const ChecklistItem = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: z.string().min(1),
  /** Documents to attach, in words. */
  documents: z.array(z.string().min(1)).default([]),
});
export type ChecklistItem = z.infer<typeof ChecklistItem>;

export const Control = z.strictObject({
  id: z.string().regex(/^[A-Z]{3}-\d{2}$/),
  title: z.string().min(1),
  objective: z.string().min(1),
  risk: z.string().min(1),
  /** Idea of the DevOps Audit Defense Toolkit that it comes from. */
  idea: z.string().min(1),
  /** Framework → identifiers of its requirements. */
  frameworks: z.record(z.string(), z.array(z.string())),
  population: PopulationKind,
  /**
   * What somebody attests, since no system can answer for it: of a control on weeks or quarters what is ticked for each of
   * them, of a control on documents the documents themselves.
   */
  checklist: z.array(ChecklistItem).default([]),
  parameters: z.record(z.string().regex(/^[a-z][A-Za-z0-9]*$/), Parameter).default({}),
  assertions: z.array(Assertion).min(1),
});
export type Control = z.infer<typeof Control>;

export const Catalog = z.strictObject({
  id: z.string().min(1),
  version: z.string().min(1),
  title: z.string().min(1),
  /** Frameworks of one's own with the identifiers that they have; the usual ones are known. */
  frameworks: z.record(z.string().min(1), z.array(z.string().min(1)).min(1)).default({}),
  controls: z.array(Control).min(1),
});
export type Catalog = z.infer<typeof Catalog>;

/** The populations that a control is tested on: its own first, then those of single assertions. */
export function populationsOf({ population, assertions }: Control): PopulationKind[] {
  return [...new Set(assertions.map((assertion) => assertion.population ?? population))];
}

/** A document that a control's checklist asks for. */
export interface AskedDocument {
  readonly control: string;
  readonly id: string;
  readonly title: string;
}

/** The documents that a catalog asks for: the population of documents, attested or not. */
export function listAskedDocuments({ controls }: Catalog): AskedDocument[] {
  return controls
    .filter(({ population }) => population === "document")
    .flatMap(({ id, checklist }) => checklist.map((item) => ({ control: id, id: item.id, title: item.title })));
}

/** Control id → parameter → value that the engagement sets in place of the default. */
export const ParameterValues = z.record(z.string(), z.record(z.string(), Parameter.shape.default));
export type ParameterValues = z.infer<typeof ParameterValues>;
