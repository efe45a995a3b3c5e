import { faultOf, TickmarkError } from "../../../shared/errors.ts";
import type { SourceKind, SourceOf } from "../../../shared/model/source.ts";
import type { JsonAnswer } from "../http/attempt.ts";
import { keepAnswer } from "../http/kept-answer.ts";
import type { KeptAnswer, PullSteps } from "../pull-steps.ts";
import type { PullContext } from "../source-driver.ts";
import { type KeySet, readKeySet } from "./key-set.ts";
import { type ListCursor, newTally, type Question, type Tally } from "./list-cursor.ts";
import type { AnswerReading, DetailQuestion, ListClient, ListTool } from "./list-tool.ts";

export interface ListPull<K extends SourceKind> {
  readonly tool: ListTool<K>;
  readonly source: SourceOf<K>;
  readonly context: PullContext;
  readonly client: ListClient;
  readonly steps: PullSteps<ListCursor>;
}

/** A list that changes faster than it can be read is left after so many readings; the tie-out then tells. */
const mostWalks = 3;

/** Asks question after question until none is left. Each answer is stored together with the questions it leads to. */
export async function pullLists<K extends SourceKind>(pull: ListPull<K>): Promise<void> {
  const { steps, context } = pull;
  for (let [question] = steps.cursor.pending; question !== undefined; [question] = steps.cursor.pending) {
    const tally = steps.cursor.tallies[question.list] ?? newTally(question);
    context.report({ what: question.list, done: readKeySet(tally.keys).size, total: tally.total });
    await pullQuestion(pull, question);
  }
}

async function pullQuestion<K extends SourceKind>(pull: ListPull<K>, question: Question): Promise<void> {
  const { steps, client, context, tool, source } = pull;
  const answer = await askAllowed(pull, question);
  if (answer === "expired") return steps.save([], beginAgain(steps.cursor, question));
  if (answer === "refused") return steps.save([], withoutList(pull, question));
  const read = tool.read(question, answer, source, context);
  checkMovesOn(question, read, client);
  const companions: JsonAnswer[] = [];
  for (const companion of read.companions ?? []) companions.push(await client.ask(companion));
  const now = context.now();
  const asked = client.asked?.(question);
  const plain = keepAnswer(answer, question.format, now, read.keys.length);
  const kept = asked === undefined ? plain : { ...plain, request: { ...plain.request, asked } };
  const reading = read.reading?.(companions);
  const answers: KeptAnswer[] = [
    ...companions.map((one) => keepAnswer(one, tool.other, now)),
    reading === undefined ? kept : { ...kept, record: { ...kept.record, reading } },
  ];
  await steps.save(answers, nextCursor(pull, question, read));
}

/** A list that the account may not read is left out, with a note on what is then not known. */
function withoutList<K extends SourceKind>({ steps, tool }: ListPull<K>, { list, without }: Question): ListCursor {
  const { cursor } = steps;
  const note = `${tool.name} did not let this account read ${list}: ${without}.`;
  const pending = cursor.pending.slice(1);
  return { ...cursor, pending, refused: [...new Set([...cursor.refused, list])], notes: addNotes(steps, [note]) };
}

/** `refused`: the account may not read it, and that is no fault. `expired`: the page's token no longer holds. */
async function askAllowed<K extends SourceKind>(
  { client, steps }: ListPull<K>,
  question: Question,
): Promise<JsonAnswer | "refused" | "expired"> {
  try {
    return await client.ask(question);
  } catch (thrown) {
    const { code } = faultOf(thrown);
    const walks = steps.cursor.tallies[question.list]?.walks ?? mostWalks;
    if (question.expires === true && code === "http-unexpected-status" && walks < mostWalks) return "expired";
    if (question.without !== undefined && (code === "http-forbidden" || code === "http-not-found")) return "refused";
    throw thrown;
  }
}

function beginAgain(cursor: ListCursor, question: Question): ListCursor {
  const tally = cursor.tallies[question.list] ?? newTally(question);
  const tallies = { ...cursor.tallies, [question.list]: fromStart(tally) };
  const notes = [...cursor.notes, `The list of ${question.list} was begun again, since its page token had run out.`];
  return { ...cursor, tallies, notes, pending: [tally.first, ...cursor.pending.slice(1)] };
}

function nextCursor<K extends SourceKind>({ steps }: ListPull<K>, question: Question, read: AnswerReading): ListCursor {
  const { cursor } = steps;
  const tally = count(cursor.tallies[question.list] ?? newTally(question), question, read);
  const details = newOnes(cursor, read.details ?? []);
  const rest = [...details.map((detail) => detail.question), ...cursor.pending.slice(1)];
  const pending = [...(read.next === undefined ? [] : [read.next]), ...rest];
  const told: ListCursor = {
    ...cursor,
    pending,
    tallies: countLate({ ...cursor.tallies, [question.list]: tally }, details),
    reachesBackTo: later(cursor.reachesBackTo, read.reachesBackTo ?? null),
    hasGaps: cursor.hasGaps || read.hasGaps === true,
    answers: cursor.answers + 1,
    notes: addNotes(steps, read.notes ?? []),
  };
  return hasMoved(question, read, tally, pending) ? readAgain(told, question, tally, rest) : told;
}

/** Questions about records that the lists do not have yet. */
function newOnes({ tallies }: ListCursor, details: readonly DetailQuestion[]): DetailQuestion[] {
  const known = new Map<string, KeySet>();
  return details.filter(({ list, key }) => {
    const keys = known.get(list) ?? readKeySet(tallies[list]?.keys ?? "");
    known.set(list, keys);
    return !keys.has(key);
  });
}

function countLate(tallies: ListCursor["tallies"], details: readonly DetailQuestion[]): ListCursor["tallies"] {
  const counted = { ...tallies };
  for (const { list, question, isLate } of details) {
    const tally = counted[list] ?? newTally(question);
    if (isLate === true) counted[list] = { ...tally, late: tally.late + 1 };
  }
  return counted;
}

/** Whether rows may have been lost between two pages, or the server counts more than came. */
function hasMoved(question: Question, { keys }: AnswerReading, tally: Tally, pending: readonly Question[]): boolean {
  if (question.anchor !== undefined && !keys.includes(question.anchor)) return true;
  const isOver = !pending.some(({ list }) => list === question.list);
  return isOver && readKeySet(tally.keys).size < (tally.total ?? 0);
}

function readAgain(cursor: ListCursor, question: Question, tally: Tally, rest: readonly Question[]): ListCursor {
  const what = `The list of ${question.list} changed while it was read`;
  if (tally.walks >= mostWalks) {
    return { ...cursor, notes: [...new Set([...cursor.notes, `${what}, ${mostWalks} times: rows may be missing.`])] };
  }
  return {
    ...cursor,
    pending: [tally.first, ...rest.filter(({ list }) => list !== question.list)],
    tallies: { ...cursor.tallies, [question.list]: fromStart(tally) },
    notes: [...new Set([...cursor.notes, `${what}, so it was read again.`])],
  };
}

/** A list that is read again is counted anew: what went away meanwhile is evidence, and no row of the list. */
function fromStart({ first, walks }: Tally): Tally {
  return { ...newTally(first), walks: walks + 1 };
}

function count(tally: Tally, { anchor }: Question, { keys, total }: AnswerReading): Tally {
  const set = readKeySet(tally.keys);
  let { repeated } = tally;
  // A row that is asked for twice on purpose did not move.
  for (const key of keys) if (!set.add(key) && key !== anchor) repeated += 1;
  return { ...tally, keys: set.spell(), total: total ?? tally.total, repeated };
}

function addNotes({ cursor }: PullSteps<ListCursor>, notes: readonly string[]): string[] {
  return [...new Set([...cursor.notes, ...notes])];
}

function later(one: string | null, other: string | null): string | null {
  return one === null || (other !== null && other > one) ? other : one;
}

/** A server that names the page just read as the next one would be asked for ever. */
function checkMovesOn(question: Question, { next }: AnswerReading, client: ListClient): void {
  if (next === undefined || JSON.stringify([next.path, next.query]) !== JSON.stringify([question.path, question.query]))
    return;
  throw new TickmarkError(
    "response-invalid",
    `${client.host} gives the same page of ${question.list} again and again, so the list never ends.`,
    "Pull again; if it happens again, report it to whoever runs the server.",
  );
}
