import { faultOf } from "../../../../shared/errors.ts";
import type { JsonAnswer } from "../../http/attempt.ts";
import type { JsonClient } from "../../http/json-client.ts";
import { keepAnswer } from "../../http/kept-answer.ts";
import type { PullSteps } from "../../pull-steps.ts";
import type { PullContext } from "../../source-driver.ts";
import { afterRefusal, createAsking, untouched, withShort } from "./asking.ts";
import type { ListWalk, StagesCursor } from "./host-cursor.ts";
import type { Question, Stage } from "./host-plan.ts";
import { readSparseNumbers } from "./sparse-numbers.ts";
import { nextQuestion } from "./whole-list.ts";

const mostRounds = 6;

export interface StagesRun {
  readonly client: JsonClient;
  readonly context: PullContext;
  readonly stages: readonly Stage[];
  readonly steps: PullSteps<StagesCursor>;
}

/** Reads every stage to its end. Each page and each row with its details is one step, from which a pull can go on. */
export async function runStages(run: StagesRun): Promise<void> {
  for (let stage = stageOf(run); stage !== undefined; stage = stageOf(run)) {
    const { cursor } = run.steps;
    const walk = cursor.walk ?? newRound(stage, 0);
    const [next] = walk.pending;
    report(run, stage, walk);
    if (next !== undefined) await pullRow(run, stage, walk, next);
    else if (walk.question !== null) await pullPage(run, stage, walk, walk.question);
    else await run.steps.save([], afterRound(stage, cursor, walk));
  }
}

function stageOf({ stages, steps }: StagesRun): Stage | undefined {
  return stages[steps.cursor.stage];
}

function newRound({ list }: Stage, round: number): ListWalk {
  return { round, question: list.first, pages: 0, found: 0, rows: 0, seen: "", lastKeys: [], total: null, pending: [] };
}

function report({ context, steps }: StagesRun, stage: Stage, walk: ListWalk): void {
  const done = steps.cursor.counts[stage.name] ?? 0;
  context.report({ what: stage.name, done, total: walk.total === null ? null : Math.max(walk.total, done) });
}

async function pullPage(run: StagesRun, stage: Stage, walk: ListWalk, question: Question): Promise<void> {
  const { client, context, steps } = run;
  const { cursor } = steps;
  const group = cursor.groups[stage.name] ?? untouched;
  let asked: AskedPage;
  try {
    asked = await askPage(client, stage, question);
  } catch (thrown) {
    if (stage.mayBeRefused !== true) throw thrown;
    const absent = stage.isAbsent?.(faultOf(thrown)) === true;
    const groups = { ...cursor.groups, [stage.name]: absent ? group : afterRefusal(group, thrown) };
    return steps.save([], { ...cursor, groups, stage: cursor.stage + 1, walk: null, fetched: "" });
  }
  const { answer, rows, next } = asked;
  const page = sortPage(stage, cursor, walk, rows);
  const past = stage.isPast?.(rows) ?? false;
  await steps.save([keepAnswer(answer, stage.list.format, context.now(), rows.length)], {
    ...cursor,
    counts: stage.details ? cursor.counts : count(cursor.counts, stage.name, page.fresh.length),
    groups: { ...cursor.groups, [stage.name]: { ...group, read: group.read + 1 } },
    notes: asked.wasEmpty ? [...cursor.notes, emptyFirst(stage)] : cursor.notes,
    fetched: stage.details ? cursor.fetched : page.fetched,
    drift: {
      repeated: cursor.drift.repeated + page.repeated,
      late: cursor.drift.late + (walk.round > 0 ? page.fresh.length : 0),
    },
    walk: {
      ...walk,
      question: past ? null : next,
      pages: walk.pages + 1,
      found: walk.found + page.fresh.length,
      rows: walk.rows + page.distinct,
      seen: page.seen,
      lastKeys: stage.keys === "text" ? page.keys : [],
      total: stage.list.total?.(answer) ?? walk.total,
      pending: stage.details ? page.fresh : [],
    },
  });
}

interface AskedPage {
  readonly answer: JsonAnswer;
  readonly rows: readonly unknown[];
  readonly next: Question | null;
  /** It came empty, and filled when it was asked for again. */
  readonly wasEmpty: boolean;
}

/** An empty page that names a next one is asked for again: in a list that is read once only, its rows would be lost. */
async function askPage(client: JsonClient, { list }: Stage, question: Question): Promise<AskedPage> {
  const ask = async () => {
    const answer = await client.get(question.path, question.query);
    const rows = list.rows(answer);
    return { answer, rows, next: nextQuestion(list, answer, question, rows.length) };
  };
  const first = await ask();
  if (first.rows.length > 0 || first.next === null) return { ...first, wasEmpty: false };
  const second = await ask();
  return { ...second, wasEmpty: second.rows.length > 0 };
}

function emptyFirst({ name }: Stage): string {
  return `The host first gave an empty page of ${name} and named a next one; the page was asked for again.`;
}

/** Which rows of a page are new to this reading of the list, and which of the wanted ones to the pull. */
function sortPage(stage: Stage, cursor: StagesCursor, walk: ListWalk, rows: readonly unknown[]) {
  const byKey = new Map(rows.map((row) => [stage.key(row), row]));
  const keys = [...byKey.keys()];
  const isWanted = (key: string) => stage.isWanted?.(byKey.get(key)) ?? true;
  if (stage.keys === "text") {
    const before = new Set(walk.lastKeys);
    const distinct = keys.filter((key) => !before.has(key));
    const fresh = distinct.filter(isWanted);
    return { keys, fresh, distinct: distinct.length, repeated: rows.length - distinct.length, seen: "", fetched: "" };
  }
  const seen = readSparseNumbers(walk.seen);
  const fetched = readSparseNumbers(cursor.fetched);
  const distinct = keys.filter((key) => !seen.has(numberOf(key)));
  const fresh = distinct.filter((key) => !fetched.has(numberOf(key)) && isWanted(key));
  for (const key of distinct) seen.add(numberOf(key));
  if (!stage.details) for (const key of fresh) fetched.add(numberOf(key));
  const repeated = rows.length - distinct.length;
  return { keys, fresh, distinct: distinct.length, repeated, seen: seen.spell(), fetched: fetched.spell() };
}

/** The number at the beginning of a key; what follows it is for the details. */
function numberOf(key: string): number {
  return Number.parseInt(key, 10);
}

async function pullRow(run: StagesRun, stage: Stage, walk: ListWalk, key: string): Promise<void> {
  const { client, context, steps } = run;
  const { cursor } = steps;
  const asking = createAsking(client, context, cursor, stage.name);
  await stage.details?.(key, asking);
  const fetched = readSparseNumbers(cursor.fetched);
  if (stage.keys === "number") fetched.add(numberOf(key));
  await steps.save(asking.answers, {
    ...cursor,
    counts: count(asking.counts, stage.name, 1),
    groups: asking.groups,
    declared: asking.declared,
    notes: [...asking.notes],
    fetched: fetched.spell(),
    walk: { ...walk, pending: walk.pending.filter((pending) => pending !== key) },
  });
}

function count(counts: StagesCursor["counts"], name: string, more: number): StagesCursor["counts"] {
  return { ...counts, [name]: (counts[name] ?? 0) + more };
}

/**
 * What follows a reading of the list. Numbered rows are read once more until a reading finds nothing new and agrees
 * with the host's own count: only then did nothing move behind the reader's back.
 */
function afterRound(stage: Stage, cursor: StagesCursor, walk: ListWalk): StagesCursor {
  const agrees = walk.total === null || walk.total === walk.rows;
  const quiet = stage.keys === "text" || (walk.round > 0 && walk.found === 0 && agrees);
  if (!quiet && walk.round + 1 < mostRounds) return { ...cursor, walk: newRound(stage, walk.round + 1) };
  const how = `the host's own count in the list of ${stage.name}`;
  const tieOut = { what: `${stage.name} listed`, how, expected: walk.total ?? 0, received: walk.rows };
  // A list that is left when it has passed the window is shorter than the host's count on purpose.
  const isShort = stage.isPast === undefined && walk.rows < (walk.total ?? 0);
  const restless = `The list of ${stage.name} kept changing while it was read; see the tie-out.`;
  return {
    ...cursor,
    stage: cursor.stage + 1,
    walk: null,
    fetched: "",
    counts: count(cursor.counts, stage.name, 0),
    groups: isShort ? { ...cursor.groups, [stage.name]: withShort(cursor.groups[stage.name]) } : cursor.groups,
    tieOuts: walk.total === null ? cursor.tieOuts : [...cursor.tieOuts, tieOut],
    notes: quiet ? cursor.notes : [...cursor.notes, restless],
  };
}
