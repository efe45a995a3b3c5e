import { type Fault, faultOf, TickmarkError } from "../../../../shared/errors.ts";
import type { EvidenceFormat } from "../../../../shared/model/evidence.ts";
import type { JsonAnswer } from "../../http/attempt.ts";
import type { JsonClient, Query } from "../../http/json-client.ts";
import { keepAnswer } from "../../http/kept-answer.ts";
import type { KeptAnswer } from "../../pull-steps.ts";
import type { PullContext } from "../../source-driver.ts";
import type { Group, StagesCursor } from "./host-cursor.ts";
import type { HostList, Question } from "./host-plan.ts";

const mostPages = 200;

/** What was asked about one row: the answers wait here until they are stored in one step. */
export interface Asking {
  one(path: string, format: EvidenceFormat, query?: Query): Promise<JsonAnswer>;
  /** A list to its end. @param name under which its rows are counted */
  all(name: string, list: HostList): Promise<readonly unknown[]>;
  /**
   * Something that the host may not have or may keep to itself. Once refused it is not asked for again.
   * @param name of the group, as the reader of the IPE record sees it
   */
  ifReadable(name: string, ask: () => Promise<unknown>): Promise<void>;
}

export interface CollectingAsking extends Asking {
  readonly answers: readonly KeptAnswer[];
  readonly counts: StagesCursor["counts"];
  readonly groups: StagesCursor["groups"];
}

export function createAsking(
  client: JsonClient,
  context: PullContext,
  before: Pick<StagesCursor, "counts" | "groups">,
): CollectingAsking {
  const answers: KeptAnswer[] = [];
  const counts = { ...before.counts };
  const groups = { ...before.groups };

  async function all(name: string, list: HostList): Promise<readonly unknown[]> {
    const rows: unknown[] = [];
    let asked: Question | null = list.first;
    for (let page = 1; asked !== null; page++) {
      if (page > mostPages) throw endless(asked);
      const answer: JsonAnswer = await client.get(asked.path, asked.query);
      const more = list.rows(answer);
      answers.push(keepAnswer(answer, list.format, context.now(), more.length));
      rows.push(...more);
      asked = nextQuestion(list, answer, asked, more.length);
    }
    counts[name] = (counts[name] ?? 0) + rows.length;
    return rows;
  }

  return {
    answers,
    counts,
    groups,
    all,
    async one(path, format, query) {
      const answer = await client.get(path, query);
      answers.push(keepAnswer(answer, format, context.now()));
      return answer;
    },
    async ifReadable(name, ask) {
      const group = groups[name] ?? untouched;
      if (group.refusal !== null) return;
      try {
        await ask();
        groups[name] = { ...group, read: group.read + 1 };
      } catch (thrown) {
        groups[name] = afterRefusal(group, thrown);
      }
    },
  };
}

export const untouched: Group = { read: 0, gone: 0, refusal: null };

const refusals = new Set(["http-forbidden", "http-not-found"]);

/** What a refusal means for the group; anything but a refusal is thrown on. */
export function afterRefusal(group: Group, thrown: unknown): Group {
  const fault: Fault = faultOf(thrown);
  if (!refusals.has(fault.code)) throw thrown;
  // What was there for others and is not for this one is gone; what never was there is not to be had.
  if (fault.code === "http-not-found" && group.read > 0) return { ...group, gone: group.gone + 1 };
  return { ...group, refusal: fault.message };
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
