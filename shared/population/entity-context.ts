import { type FactSet, factsOf } from "../facts/fact-set.ts";
import type { Attachment } from "../model/attachment-facts.ts";
import type { Attestation } from "../model/attestation-facts.ts";
import type { Change, ItemCoverage } from "../model/change.ts";
import { EvidenceKind } from "../model/coverage.ts";
import type { Instant } from "../model/instant.ts";
import type { AttestationView } from "../model/occurrence-item.ts";
import { type CoverageIndex, indexCoverage } from "./coverage-index.ts";
import { createDirectory, type Directory } from "./directory.ts";
import { distinct } from "./fact-groups.ts";
import type { PopulationInput, RepositoryContext } from "./repository-context.ts";
import { indexTickets, type TicketIndex } from "./ticket-index.ts";

/** Everything that items about the whole entity are assembled from. */
export interface EntityContext {
  readonly facts: FactSet;
  readonly directory: Directory;
  readonly coverage: CoverageIndex;
  readonly tickets: TicketIndex;
  readonly repositories: readonly RepositoryContext[];
  /** Those of the period, of all repositories. */
  readonly changes: readonly Change[];
  /** Changes of the period that name a ticket. */
  changesNaming(ticketKey: string): readonly Change[];
  /** Attestations of an occurrence or a document, by its name without regard to case. */
  attestationsOf(occurrence: string): readonly Attestation[];
  /** Documents that were handed over with just the content that an attestation names. */
  attachedTo(attestation: Attestation): readonly Attachment[];
}

/** @param changes those of the period, of all repositories */
export function createEntityContext(
  input: PopulationInput,
  repositories: readonly RepositoryContext[],
  changes: readonly Change[],
): EntityContext {
  const directory = createDirectory(input.people);
  const byTicket = Map.groupBy(
    changes.flatMap((change) => change.ticketKeys.map((key) => ({ key, change }))),
    ({ key }) => key,
  );
  return {
    facts: input.facts,
    directory,
    coverage: indexCoverage(input.coverage),
    tickets: indexTickets(input.facts, directory),
    repositories,
    changes,
    changesNaming: (key) => (byTicket.get(key) ?? []).map(({ change }) => change),
    attestationsOf: indexAttestations(input.facts),
    attachedTo: indexAttachments(input.facts),
  };
}

function indexAttestations(facts: FactSet): EntityContext["attestationsOf"] {
  const byOccurrence = Map.groupBy(
    distinct(factsOf(facts, "attestation"), ({ id }) => id),
    ({ occurrence }) => occurrence.toLowerCase(),
  );
  return (occurrence) => byOccurrence.get(occurrence.toLowerCase()) ?? [];
}

function indexAttachments(facts: FactSet): EntityContext["attachedTo"] {
  const byContent = new Map(factsOf(facts, "attachment").map((fact) => [fact.origin.evidence, fact]));
  return ({ documents }) => documents.flatMap(({ sha256 }) => byContent.get(sha256) ?? []);
}

export function viewAttestation(context: EntityContext, fact: Attestation): AttestationView {
  const received = new Set(context.attachedTo(fact).map(({ origin }) => origin.evidence));
  return {
    control: fact.control,
    // Whoever attests is named as the ticket system or the directory names them: by address or login.
    by: context.directory.resolve({ system: "jira", name: fact.by }),
    at: fact.at,
    done: fact.checklist.filter(({ done }) => done).map(({ id }) => id),
    open: fact.checklist.filter(({ done }) => !done).map(({ id }) => id),
    documents: fact.documents.map(({ sha256, name }) => ({ name, received: received.has(sha256) })),
  };
}

/** What one pull covered over the whole span: an occurrence that is covered in part can hide what it lacks. */
export function coverSpan(coverage: CoverageIndex, from: Instant, to: Instant): ItemCoverage {
  return Object.fromEntries(
    EvidenceKind.options.map((kind) => [kind, coverage.coversSpan(kind, from, to)]),
  ) as ItemCoverage;
}

/** What was pulled for a moment, whatever scope it is about. */
export function coverMoment(coverage: CoverageIndex, at: Instant): ItemCoverage {
  return Object.fromEntries(
    EvidenceKind.options.map((kind) => [kind, coverage.scopesOf(kind, at).length > 0]),
  ) as ItemCoverage;
}
