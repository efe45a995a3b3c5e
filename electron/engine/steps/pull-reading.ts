import { readEvidence } from "../../../shared/facts/evidence-reading.ts";
import { coverageOfFiles, createPullTally, type PullTally, unreadRecords } from "../../../shared/facts/pull-reading.ts";
import type { IpeRecord, Pull, UnreadRecord } from "../../../shared/model/pull.ts";
import type { Source } from "../../../shared/model/source.ts";
import type { PullOutcome } from "../../sources/source-driver.ts";
import type { WritableEngagement } from "../../store/engagement-file.ts";
import type { Session } from "../session.ts";

// Often enough that a cancelled step stops soon and the process answers in between.
const pauseBytes = 16 * 1024 * 1024;
const pauseRecords = 1000;
/** Unread lines of one document: enough to keep documents few, and few enough to hold one. */
const listedAtOnce = 10_000;

/** Reads the records of a pull one after another and counts what they give; no fact is held. */
export async function readPulled(
  session: Session,
  pull: Pick<Pull, "id">,
  source: Source,
  signal: AbortSignal,
): Promise<PullTally> {
  const { store } = session;
  const tally = createPullTally(source, store.engagement().period);
  const total = store.countRecords(pull.id);
  let done = 0;
  let bytes = 0;
  for (const record of store.evidenceOfPull({ id: pull.id, sourceId: source.id })) {
    tally.add(record, readEvidence(record, source));
    done += 1;
    bytes += record.size;
    if (bytes < pauseBytes && done % pauseRecords !== 0) continue;
    bytes = 0;
    session.emit("pull-progress", { sourceId: source.id, what: "records read", done, total });
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
  }
  return tally;
}

/** What the readers found, as the IPE record has it. */
export function completeByReading(
  source: Source,
  outcome: PullOutcome,
  tally: PullTally,
): Pick<IpeRecord, "tieOuts" | "coverage" | "reading"> {
  const reading = tally.reading();
  const coverage = outcome.coverage.map((one) => ({ ...one, sourceId: source.id }));
  const { handedOver } = outcome;
  if (!handedOver) return { tieOuts: [...outcome.tieOuts], coverage, reading };
  const { read, passedOver, blank, unread } = reading.lines;
  const lines = {
    what: "lines and records",
    how: "counting them in the files; received are those read, passed over, blank and not read",
    expected: handedOver.lines,
    received: read + passedOver + blank + unread,
  };
  return {
    tieOuts: tally.accountsForLines() ? [...outcome.tieOuts, lines] : [...outcome.tieOuts],
    coverage: [...coverage, ...coverageOfFiles(source, reading.times, handedOver.declared)],
    reading,
  };
}

/**
 * Keeps every line and record of a pull that could not be read, in documents `unread/PULL/1` and on. They are read a
 * second time, so that none has to be held while the first reading goes on.
 */
export function keepUnread(store: WritableEngagement, pull: Pick<Pull, "id">, source: Source): void {
  let number = 0;
  let list: UnreadRecord[] = [];
  const keep = (): void => {
    number += 1;
    store.saveDocument("", `unread/${pull.id}/${number}`, list);
    list = [];
  };
  for (const record of store.evidenceOfPull({ id: pull.id, sourceId: source.id })) {
    for (const unread of unreadRecords(record, readEvidence(record, source))) {
      list.push(unread);
      if (list.length === listedAtOnce) keep();
    }
  }
  if (list.length > 0) keep();
}
