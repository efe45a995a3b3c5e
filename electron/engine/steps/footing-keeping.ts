import { z } from "zod";
import { type EvidenceFooting, footingOf } from "../../../shared/bundle/evidence-footing.ts";
import {
  type FootingLists,
  FootingNames,
  footingLists,
  isFootingWhole,
  readFooting,
  takeFootingDown,
} from "../../../shared/bundle/kept-footing.ts";
import { TickmarkError } from "../../../shared/errors.ts";
import { encodeCanonical } from "../../../shared/model/canonical-json.ts";
import type { Change } from "../../../shared/model/change.ts";
import { Sha256 } from "../../../shared/model/digest.ts";
import type { Freeze } from "../../../shared/model/sample.ts";
import type { AssembledPopulation } from "../../../shared/population/build-population.ts";
import { createFootingFinder } from "../../../shared/population/item-assembly.ts";
import { digest } from "../digest.ts";
import { eachItem, readItem } from "../item-reading.ts";
import type { Session } from "../session.ts";
import { toolVersion } from "../tool-version.ts";
import { readCoverage, readScope } from "./population-step.ts";

const KeptFooting = z.object({ basis: Sha256, names: FootingNames });

const documentName = "footing";
const listName = (list: string) => `footing/${list}`;

/** Keeps what the frozen items rest on beside the freeze of the changes. Belongs into the step that freezes them. */
export function keepFooting(session: Session, freezeId: string, assembled: AssembledPopulation): void {
  const { writable: store } = session;
  const { contexts, entity, population } = assembled;
  const finder = createFootingFinder(contexts, () => entity);
  const footing = footingOf(contexts, finder, (sha256) => store.recordNumber(sha256));
  const { lists, names } = takeFootingDown(footing, population.items);
  store.saveDocument(freezeId, documentName, { basis: basisOfItems(session), names });
  for (const list of footingLists) store.saveNumberList(freezeId, listName(list), lists[list]);
}

/**
 * What was kept at the newest freeze; null where an earlier version froze it, or where something has changed since that the items follow
 * from.
 *
 * @throws engagement-corrupt
 */
export function readKeptFooting(session: Session): EvidenceFooting | null {
  const { store } = session;
  const freeze = store.latestFreeze("change");
  const document = freeze && store.document(freeze.id, documentName);
  if (freeze === undefined || document === undefined) return null;
  const kept = KeptFooting.safeParse(document);
  if (!kept.success) throw damaged(freeze);
  if (kept.data.basis !== basisOfItems(session)) return null;
  const lists = Object.fromEntries(
    footingLists.map((list) => [list, store.numberList(freeze.id, listName(list)) ?? new Uint32Array()]),
  ) as unknown as FootingLists;
  if (!isFootingWhole(lists, freeze.size)) throw damaged(freeze);
  return readFooting(lists, kept.data.names, {
    placeOf: (id) => store.positionOf(freeze.id, id),
    changeOf: (id) => readItem(session, { freezeId: freeze.id, population: "change" }, id),
    changesOfRepository: (repository) => changesOf(session, freeze, repository),
  });
}

function* changesOf(session: Session, freeze: Freeze, repository: string): Generator<Change> {
  for (const change of eachItem(session, freeze, "change")) if (change.repository === repository) yield change;
}

/** Digest of everything that items follow from. The evidence of a complete pull never changes, nor do the persons of a freeze. */
function basisOfItems(session: Session): Sha256 {
  const { store } = session;
  const pulls = store.ipeRecords().map(({ pullId, recordsDigest }) => ({ pullId, recordsDigest }));
  const basis = {
    toolVersion,
    sources: store.listSources(),
    pulls,
    coverage: readCoverage(session),
    ...readScope(session),
  };
  return digest(encodeCanonical(basis));
}

function damaged({ id }: Freeze): TickmarkError {
  return new TickmarkError(
    "engagement-corrupt",
    `What the frozen population ${id} rests on cannot be read from the engagement file.`,
    "Restore the file from a copy, or freeze, draw and evaluate again.",
  );
}
