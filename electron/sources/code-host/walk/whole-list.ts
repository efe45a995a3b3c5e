import { TickmarkError } from "../../../../shared/errors.ts";
import type { JsonAnswer } from "../../http/attempt.ts";
import type { JsonClient } from "../../http/json-client.ts";
import { keepAnswer } from "../../http/kept-answer.ts";
import type { KeptAnswer } from "../../pull-steps.ts";
import type { PullContext } from "../../source-driver.ts";
import type { HostList, Question } from "./host-plan.ts";

const mostPages = 200;
/** A list that never comes as the host counts it is taken as it came; the tie-out then tells. */
const mostReadings = 3;

/** A list about one row, read to its end. */
export interface WholeList {
  readonly answers: readonly KeptAnswer[];
  readonly rows: readonly unknown[];
  /** What the host counts in it; null where it declares nothing. */
  readonly total: number | null;
  /** Fewer came than the host counts. */
  readonly isShort: boolean;
  /** What the reader of the IPE record must know; null when the list came whole at once. */
  readonly note: string | null;
}

/**
 * Reads a list to its end, and from its beginning again when it did not come as the host counts it, when a page in it
 * was empty, or when rows of one page came on another too. Only the last reading is kept: a page that came wrong would
 * be read as one of the list.
 * @param declared the host's own count in another place, where it has one; else the list's own total is held to
 */
export async function readWholeList(
  client: JsonClient,
  context: PullContext,
  list: HostList,
  declared: number | null = null,
): Promise<WholeList> {
  for (let readings = 1; ; readings++) {
    const { answers, rows, total, hasHole } = await readOnce(client, context, list);
    const distinct = [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
    const counted = declared ?? total;
    const isShort = distinct.length < (counted ?? 0);
    const isOdd = isShort || hasHole || (answers.length > 1 && distinct.length < rows.length);
    if (isOdd && readings < mostReadings) continue;
    const lacking = isShort ? ` The host counts ${counted} rows in it and gave ${distinct.length}.` : "";
    const again = `${list.first.path} was read ${readings} times, since pages of it lacked or came twice.`;
    return { answers, rows, total: counted, isShort, note: readings === 1 ? null : `${again}${lacking}` };
  }
}

async function readOnce(client: JsonClient, context: PullContext, list: HostList) {
  const answers: KeptAnswer[] = [];
  const rows: unknown[] = [];
  let total: number | null = null;
  let hasHole = false;
  let asked: Question | null = list.first;
  while (asked !== null) {
    if (answers.length === mostPages) throw endless(asked);
    const answer: JsonAnswer = await client.get(asked.path, asked.query);
    const more = list.rows(answer);
    answers.push(keepAnswer(answer, list.format, context.now(), more.length));
    rows.push(...more);
    total = list.total?.(answer) ?? total;
    asked = nextQuestion(list, answer, asked, more.length);
    if (more.length === 0 && asked !== null) hasHole = true;
  }
  return { answers, rows, total, hasHole };
}

/** @throws response-invalid when the host points to the page that it just gave */
export function nextQuestion(list: HostList, answer: JsonAnswer, asked: Question, rows: number): Question | null {
  const next = list.next(answer, asked, rows);
  if (next === null || JSON.stringify(next) !== JSON.stringify(asked)) return next;
  throw endless(asked);
}

function endless({ path }: Question): TickmarkError {
  return new TickmarkError(
    "response-invalid",
    `The list ${path} does not come to an end.`,
    "Check that the source's address is the API of the right kind of server, in a version that is supported.",
  );
}
