import { basename } from "node:path";
import type { Instant } from "../../shared/model/instant.ts";
import { type ActivityReading, type ActivityWriting, readActivityLog, writeActivityLog } from "./activity-log.ts";
import { type Connection, close, endWriting, inOneStep, keepSmallCache } from "./connection.ts";
import { type DocumentReading, type DocumentWriting, readDocuments, writeDocuments } from "./documents.ts";
import { type DrawReading, type DrawWriting, readDraws, writeDraws } from "./draws.ts";
import { type EarlierReading, readEarlierAnswers } from "./earlier-answers.ts";
import { type EngagementReading, readEngagementRow } from "./engagement-row.ts";
import { type EvidenceReading, readEvidenceTables } from "./evidence.ts";
import { guardCalls, withFaults } from "./faults.ts";
import { type PopulationWriting, writePopulations } from "./freeze-writing.ts";
import { type PopulationReading, readPopulations } from "./frozen-populations.ts";
import { type IntegrityReading, readIntegrity } from "./integrity.ts";
import { LatestTexts } from "./item-texts.ts";
import { type JudgementReading, type JudgementWriting, readJudgements, writeJudgements } from "./judgements.ts";
import { type PeopleReading, type PeopleWriting, readPeople, writePeople } from "./people.ts";
import { type PullWriting, writePulls } from "./pull-writing.ts";
import { type PullReading, readPulls } from "./pulls.ts";
import { type ResultWriting, writeResults } from "./result-writing.ts";
import { type ResultReading, readResults } from "./results.ts";
import { readSources, type SourceReading, type SourceWriting, writeSources } from "./sources.ts";

export interface WritingContext {
  /** Own clock, for the activity log. */
  readonly now: () => Instant;
}

type Reading = EngagementReading &
  SourceReading &
  PullReading &
  EarlierReading &
  EvidenceReading &
  PeopleReading &
  PopulationReading &
  DocumentReading &
  DrawReading &
  ResultReading &
  JudgementReading &
  ActivityReading &
  IntegrityReading;

type Writing = SourceWriting &
  PullWriting &
  PeopleWriting &
  PopulationWriting &
  DocumentWriting &
  DrawWriting &
  ResultWriting &
  JudgementWriting &
  ActivityWriting;

/** Every call throws TickmarkError only: besides what it names, engagement-corrupt, engagement-not-open, file-unreadable. */
export interface ReadableEngagement extends Reading {
  readonly path: string;
  /** For what goes through the whole file, until it is done. */
  keepSmallCache(isSmall: boolean): void;
  close(): void;
}

/** Writing calls throw disk-full and file-unwritable as well; of the step that failed nothing is kept. */
export interface WritableEngagement extends ReadableEngagement, Writing {
  /** Runs several calls as one step: all of them are kept, or none. `act` is synchronous. */
  inOneStep<T>(act: () => T): T;
}

function assembleReading(database: Connection): Reading {
  const texts = new LatestTexts();
  return {
    ...readEngagementRow(database),
    ...readSources(database),
    ...readPulls(database),
    ...readEarlierAnswers(database),
    ...readEvidenceTables(database),
    ...readPeople(database),
    ...readPopulations(database, texts),
    ...readDocuments(database),
    ...readDraws(database),
    ...readResults(database, texts),
    ...readJudgements(database),
    ...readActivityLog(database),
    ...readIntegrity(database),
  };
}

export function readableOver(database: Connection, path: string, atClose: () => void = () => {}): ReadableEngagement {
  return guardCalls(path, {
    path,
    ...assembleReading(database),
    keepSmallCache: (isSmall) => keepSmallCache(database, isSmall),
    close() {
      close(database);
      atClose();
    },
  });
}

export function writableOver(database: Connection, path: string, now: () => Instant): WritableEngagement {
  const reading = assembleReading(database);
  const by = reading.engagement().auditor;
  const log = writeActivityLog(database, now);
  return guardCalls(path, {
    path,
    ...reading,
    ...writeSources(database, log, by),
    ...writePulls(database, log, by, now),
    ...writePeople(database),
    ...writePopulations(database, log),
    ...writeDocuments(database),
    ...writeDraws(database, log),
    ...writeResults(database),
    ...writeJudgements(database, log),
    ...log,
    inOneStep: <T>(act: () => T) => inOneStep(database, act),
    keepSmallCache: (isSmall) => keepSmallCache(database, isSmall),
    close() {
      const unsettled = `Its last changes are in ${basename(path)}-wal beside it: keep the two files together.`;
      withFaults(path, () => endWriting(database), unsettled);
    },
  });
}
