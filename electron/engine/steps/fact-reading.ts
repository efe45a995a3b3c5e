import { readByBeginning } from "../../../shared/facts/attachments/attachment-reader.ts";
import { readEvidence } from "../../../shared/facts/evidence-reading.ts";
import { addFact, createFactSet, type FactSet } from "../../../shared/facts/fact-set.ts";
import type { Source } from "../../../shared/model/source.ts";
import type { PopulationView } from "../../../shared/model/view.ts";
import type { Session } from "../session.ts";
import { largeFrom } from "./large-record.ts";

export interface ReadEngagement {
  readonly facts: FactSet;
  readonly sources: readonly Source[];
  readonly unread: PopulationView["unread"];
}

// Often enough that a cancelled step stops soon and the process answers in between.
const pause = 2000;

/** Reads the evidence of the newest complete pull of every source as facts. */
export async function readEngagementFacts(session: Session, signal: AbortSignal): Promise<ReadEngagement> {
  const { store } = session;
  const sources = store.listSources();
  const byId = new Map(sources.map((source) => [source.id, source]));
  const facts = createFactSet();
  const unread: PopulationView["unread"] = [];
  const total = store.countEvidence();
  let done = 0;
  for (const evidence of store.evidenceOf({ beginnings: { of: readByBeginning, largerThan: largeFrom } })) {
    const { bytes, ...record } = evidence;
    const source = byId.get(record.sourceId);
    if (!source) continue;
    const read = readEvidence({ ...record, bytes }, source);
    for (const fact of read.facts) addFact(facts, fact);
    for (const { origin, reason } of read.unread) {
      unread.push({ sourceId: origin.source, evidence: origin.evidence, place: origin.place, reason });
    }
    done += 1;
    if (done % pause === 0) {
      session.emit("work-progress", { what: "Reading evidence", done, total });
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
    }
  }
  return { facts, sources, unread };
}
