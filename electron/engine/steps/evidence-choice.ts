import { type EvidenceFooting, footingOf } from "../../../shared/bundle/evidence-footing.ts";
import { alwaysBundled, type SampledItem, selectRecords } from "../../../shared/bundle/evidence-selection.ts";
import { selectPeopleEvidence } from "../../../shared/bundle/people-evidence.ts";
import { TickmarkError } from "../../../shared/errors.ts";
import { encodeCanonical } from "../../../shared/model/canonical-json.ts";
import type { EvidenceScope } from "../../../shared/model/evidence-scope.ts";
import type { NumberSet } from "../../../shared/model/number-set.ts";
import type { People } from "../../../shared/model/person.ts";
import { createItemFinder } from "../../../shared/population/item-assembly.ts";
import { createContexts } from "../../../shared/population/repository-context.ts";
import type { Session } from "../session.ts";
import { type CarriedRecords, carryRecords, type ReceiptReading } from "./carried-records.ts";
import { readEngagementFacts } from "./fact-reading.ts";
import { readKeptFooting } from "./footing-keeping.ts";
import { readCoverage, readScope } from "./population-step.ts";

/** Which records a bundle needs for some of the sampled items, by the same rule as for all of them. */
export type EvidenceChoice = (sampled: readonly SampledItem[]) => CarriedRecords;

export interface ChoosingEvidence {
  readonly choose: EvidenceChoice;
  /** Whether the sampled items were made again from the evidence. */
  readonly isMadeAgain: boolean;
}

/**
 * The facts of so many records take about 200 MB. Of more, an export reads what was kept at the freeze; that the items come out of the
 * evidence is then for the verification of the bundle to show, whoever does it.
 */
export const mostMadeAgain = 40_000;

/**
 * The sampled items are made again from the evidence on the way: an engagement whose evidence no longer gives what was frozen is not
 * exported. Of very many records that is left out where nothing that the items follow from has changed since the freeze.
 *
 * @param most records of the engagement up to which the items are made again in any case
 * @throws stage-order where the items no longer follow from the evidence, cancelled
 */
export async function readEvidenceChoice(
  session: Session,
  {
    scope,
    sampled,
    people,
    most,
  }: { scope: EvidenceScope; sampled: readonly SampledItem[]; people: People; most: number },
  signal: AbortSignal,
): Promise<ChoosingEvidence> {
  const kept = session.store.countEvidence() > most ? readKeptFooting(session) : null;
  const footing = kept ?? (await readEvidenceAgain(session, sampled, people, signal));
  return { choose: chooseBy(session, scope, people, footing), isMadeAgain: kept === null };
}

function chooseBy({ store }: Session, scope: EvidenceScope, people: People, footing: EvidenceFooting): EvidenceChoice {
  if (scope === "all") return () => carryAll(store);
  const numberOf = (sha256: string) => store.recordNumber(sha256);
  const attached = store.judgements().flatMap(({ procedure }) => procedure?.documents ?? []);
  return (chosen) => {
    const selected = selectRecords(footing, chosen, numberOf);
    const items = chosen.map(({ item }) => item);
    // What an auditor saw in the place of evidence goes along whatever population it is of.
    for (const sha256 of [...selectPeopleEvidence(people, items), ...attached]) {
      const record = numberOf(sha256);
      if (record !== undefined) selected.add(record);
    }
    return carrySelected(store, selected);
  };
}

// By themselves, so that what the bundle is written from holds on to the records' numbers and not to all facts.

function carryAll(store: ReceiptReading): CarriedRecords {
  return carryRecords(store, () => true);
}

function carrySelected(store: ReceiptReading, selected: NumberSet): CarriedRecords {
  return carryRecords(store, ({ record, evidence }) => alwaysBundled.has(evidence.format) || selected.has(record));
}

async function readEvidenceAgain(
  session: Session,
  sampled: readonly SampledItem[],
  people: People,
  signal: AbortSignal,
): Promise<EvidenceFooting> {
  const read = await readEngagementFacts(session, signal);
  const input = { ...read, people, coverage: readCoverage(session) };
  const contexts = createContexts(input);
  const finder = createItemFinder(input, contexts, readScope(session));
  for (const { population, item } of sampled) {
    const again = finder.assemble(population, item.id);
    if (again && encodeCanonical(again) === encodeCanonical(item)) continue;
    throw new TickmarkError(
      "stage-order",
      `The evidence no longer gives ${item.id} as it was frozen.`,
      "A source was pulled again, or the catalog changed, since the freeze: freeze, draw and evaluate again, then export.",
    );
  }
  return footingOf(contexts, finder, (sha256) => session.store.recordNumber(sha256));
}
