import { type Fault, faultOf } from "../../../../shared/errors.ts";
import type { EvidenceFormat } from "../../../../shared/model/evidence.ts";
import type { JsonAnswer } from "../../http/attempt.ts";
import type { JsonClient, Query } from "../../http/json-client.ts";
import { keepAnswer } from "../../http/kept-answer.ts";
import type { KeptAnswer } from "../../pull-steps.ts";
import type { PullContext } from "../../source-driver.ts";
import type { Group, StagesCursor } from "./host-cursor.ts";
import type { HostList } from "./host-plan.ts";
import { readWholeList } from "./whole-list.ts";

/** What was asked about one row: the answers wait here until they are stored in one step. */
export interface Asking {
  one(path: string, format: EvidenceFormat, query?: Query): Promise<JsonAnswer>;
  /**
   * A list to its end.
   * @param name under which its rows are counted
   * @param declared how many rows another answer says that it has
   */
  all(name: string, list: HostList, declared?: number | null): Promise<readonly unknown[]>;
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
  readonly declared: StagesCursor["declared"];
  readonly notes: readonly string[];
}

/** @param stage of which all that is asked is a part: what lacks here lacks there */
export function createAsking(
  client: JsonClient,
  context: PullContext,
  before: Pick<StagesCursor, "counts" | "groups" | "declared" | "notes">,
  stage: string,
): CollectingAsking {
  const answers: KeptAnswer[] = [];
  const counts = { ...before.counts };
  const groups = { ...before.groups };
  const declared = { ...before.declared };
  const notes = [...before.notes];

  async function all(name: string, list: HostList, elsewhere: number | null = null): Promise<readonly unknown[]> {
    const { rows, total, isShort, note, ...read } = await readWholeList(client, context, list, elsewhere);
    answers.push(...read.answers);
    counts[name] = (counts[name] ?? 0) + rows.length;
    if (total !== null) declared[name] = addDeclared(declared[name], total, rows.length);
    if (note !== null) notes.push(note);
    if (isShort) groups[stage] = withShort(groups[stage]);
    return rows;
  }

  return {
    answers,
    counts,
    groups,
    declared,
    notes,
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

export const untouched: Group = { read: 0, gone: 0, short: 0, refusal: null };

/** One more list of the group that did not come whole. */
export function withShort(group: Group = untouched): Group {
  return { ...group, short: group.short + 1 };
}

export function addDeclared(
  before: StagesCursor["declared"][string] | undefined,
  expected: number,
  received: number,
): StagesCursor["declared"][string] {
  return { expected: (before?.expected ?? 0) + expected, received: (before?.received ?? 0) + received };
}

const refusals = new Set(["http-forbidden", "http-not-found"]);

/** What a refusal means for the group; anything but a refusal is thrown on. */
export function afterRefusal(group: Group, thrown: unknown): Group {
  const fault: Fault = faultOf(thrown);
  if (!refusals.has(fault.code)) throw thrown;
  // What was there for others and is not for this one is gone; what never was there is not to be had.
  if (fault.code === "http-not-found" && group.read > 0) return { ...group, gone: group.gone + 1 };
  return { ...group, refusal: fault.message };
}
