import { mkdir } from "node:fs/promises";
import { TickmarkError } from "../../../shared/errors.ts";
import type { ConnectionTest, IpeRecord } from "../../../shared/model/pull.ts";
import type { Source, SourceKind, SourceOf } from "../../../shared/model/source.ts";
import { drivers } from "../../sources/drivers.ts";
import type { PullContext, SourceContext, SourceDriver } from "../../sources/source-driver.ts";
import type { EarlierAnswers } from "../../store/earlier-answers.ts";
import { type LentTokens, readSecret } from "../secrets.ts";
import type { Session } from "../session.ts";
import { toolName, toolVersion } from "../tool-version.ts";
import { completeByReading, createPullReader, keepUnread } from "./pull-reading.ts";
import { createStepSaver } from "./step-saving.ts";

/** Pulls the named sources, or those that have no complete pull yet, one after the other. */
export async function pullSources(
  session: Session,
  ids: readonly string[] | undefined,
  tokens?: LentTokens,
): Promise<IpeRecord[]> {
  const { store } = session;
  const wanted = ids?.map((id) => store.sourceById(id)) ?? sourcesToPull(session);
  return session.work(async (signal) => {
    const records: IpeRecord[] = [];
    for (const source of wanted) records.push(await pullSource(session, source, signal, tokens));
    return records;
  });
}

function sourcesToPull(session: Session): Source[] {
  const complete = new Set(session.store.ipeRecords().map(({ sourceId }) => sourceId));
  return session.store.listSources().filter(({ id }) => !complete.has(id));
}

export async function testSource(session: Session, id: string, tokens?: LentTokens): Promise<ConnectionTest> {
  const source = session.store.sourceById(id);
  return session.work(async (signal) => {
    const driver = await driverOf(source);
    return driver.test(source as never, await createContext(session, signal, tokens));
  });
}

async function driverOf<K extends SourceKind>(source: SourceOf<K>): Promise<SourceDriver<K>> {
  return (await drivers[source.kind as K]()) as SourceDriver<K>;
}

async function createContext(session: Session, signal: AbortSignal, tokens?: LentTokens): Promise<SourceContext> {
  await mkdir(session.workFolder, { recursive: true });
  return {
    period: session.store.engagement().period,
    signal,
    now: () => session.now(),
    readSecret: (place) => readSecret(place, tokens),
    baseFolder: session.baseFolder,
    workFolder: session.workFolder,
  };
}

/** Pulls one source to its end, or to where it was interrupted: then the next pull goes on from there. */
async function pullSource(
  session: Session,
  source: Source,
  signal: AbortSignal,
  tokens?: LentTokens,
): Promise<IpeRecord> {
  const { writable: store } = session;
  const { pull, cursor } = store.beginPull(source.id);
  const earlier = store.earlierAnswers(source.id);
  const reader = createPullReader(session, pull, source, signal);
  const saver = createStepSaver(store, pull, reader);
  const context: PullContext = {
    ...(await createContext(session, signal, tokens)),
    cursor,
    async save({ records, requests = [], cursor }) {
      await saver.save({ records, requests, cursor });
      if (signal.aborted) throw cancelled(source.id);
    },
    earlier: (asked) => earlier?.find(asked) ?? null,
    report: (progress) => session.emit("pull-progress", { sourceId: source.id, ...progress }),
  };
  try {
    const driver = await driverOf(source);
    const outcome = await driver.pull(source as never, context);
    await saver.settle();
    const tally = await reader.finish();
    const ipe: IpeRecord = {
      pullId: pull.id,
      sourceId: source.id,
      sourceKind: source.kind,
      endpoint: outcome.endpoint,
      query: outcome.query,
      identity: outcome.identity,
      access: outcome.access,
      period: store.engagement().period,
      startedAt: pull.startedAt,
      finishedAt: session.now(),
      toolVersion: `${toolName} ${toolVersion}`,
      requests: store.countRequests(pull.id),
      records: store.countRecords(pull.id),
      counts: outcome.counts,
      ...completeByReading(source, outcome, tally),
      notes: [...outcome.notes, ...unchangedNote(session, pull.id, earlier)],
      recordsDigest: store.recordsDigestOf(pull.id),
    };
    store.inOneStep(() => {
      if (tally.reading().unread.count > 0) keepUnread(store, pull, source);
      store.completePull(pull.id, ipe);
    });
    return ipe;
  } catch (error) {
    reader.stop();
    // What was received before is kept.
    await saver.settle().catch(() => undefined);
    store.interruptPull(pull.id);
    throw signal.aborted ? cancelled(source.id) : error;
  }
}

/** Told, since the bytes of such answers were received by an earlier pull and only their sameness by this one. */
function unchangedNote({ store }: Session, pullId: string, earlier: EarlierAnswers | null): string[] {
  const unchanged = store.countUnchanged(pullId);
  if (unchanged === 0 || earlier === null) return [];
  const all = store.countRequests(pullId);
  return [`${unchanged} of ${all} answers unchanged since the pull of ${earlier.finishedAt}, as the server said.`];
}

function cancelled(sourceId: string): TickmarkError {
  return new TickmarkError(
    "cancelled",
    `The pull of ${sourceId} was cancelled.`,
    "Pull again to go on from where it stopped; nothing that was received is lost.",
  );
}
