import type { EvidenceInput } from "../../../shared/facts/evidence-input.ts";
import { readEvidence } from "../../../shared/facts/evidence-reading.ts";
import { coverageOfFiles, createPullTally, type PullTally, unreadRecords } from "../../../shared/facts/pull-reading.ts";
import type { IpeRecord, Pull, UnreadRecord } from "../../../shared/model/pull.ts";
import type { Source } from "../../../shared/model/source.ts";
import type { PullOutcome } from "../../sources/source-driver.ts";
import type { AddedRecord, WritableEngagement } from "../../store/engagement-file.ts";
import type { Session } from "../session.ts";

// Often enough that a cancelled step stops soon and the process answers in between.
const pauseBytes = 16 * 1024 * 1024;
const pauseRecords = 1000;
/** Unread lines of one document: enough to keep documents few, and few enough to hold one. */
const listedAtOnce = 10_000;

/** Reads the records of a pull in order of receipt and counts what they give; no fact is held. */
export interface PullReader {
  /**
   * Takes records that were just stored. They are read while the source is asked for what comes next, so this waits
   * only until those of the step before are read.
   */
  add(records: readonly AddedRecord[]): Promise<void>;
  /** When all are read. */
  finish(): Promise<PullTally>;
  /** Gives up: the pull was interrupted, and the file may be closed any time. */
  stop(): void;
}

/** @param pull begins with the records that it has already, where it was interrupted */
export function createPullReader(
  session: Session,
  pull: Pick<Pull, "id">,
  source: Source,
  signal: AbortSignal,
): PullReader {
  const { writable: store } = session;
  const tally = createPullTally(source, store.engagement().period);
  const left = store.countRecords(pull.id);
  let isStopped = false;
  let reading = left === 0 ? Promise.resolve() : readEach(storedRecords(store, pull, source, left), left);

  async function readEach(records: Iterable<EvidenceInput>, total: number): Promise<void> {
    let bytes = 0;
    let done = 0;
    for (const record of records) {
      if (isStopped) return;
      tally.add(record, readEvidence(record, source));
      done += 1;
      bytes += record.bytes.length;
      if (bytes < pauseBytes && done % pauseRecords !== 0) continue;
      bytes = 0;
      session.emit("pull-progress", { sourceId: source.id, what: "records read", done, total });
      await nextTurn();
      signal.throwIfAborted();
    }
  }

  // Whoever waits for a reading is told of its failure; that may be later, or never when the pull itself fails.
  reading.catch(() => undefined);
  return {
    async add(records) {
      const before = reading;
      const inputs = records.map((record) => ({ ...record, sourceId: source.id }));
      // The next question is on its way before these are read.
      reading = before.then(nextTurn).then(() => readEach(inputs, inputs.length));
      reading.catch(() => undefined);
      await before;
    },
    async finish() {
      await reading;
      return tally;
    },
    stop() {
      isStopped = true;
    },
  };
}

/** Records of a pull in order of receipt, up to a number: what comes later is told by whoever stores it. */
function* storedRecords(
  store: WritableEngagement,
  pull: Pick<Pull, "id">,
  source: Source,
  most: number,
): Generator<EvidenceInput> {
  let given = 0;
  for (const record of store.evidenceOfPull({ id: pull.id, sourceId: source.id })) {
    if (given === most) return;
    given += 1;
    yield record;
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
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
