import { exitStatusOf, type Fault, faultOf } from "../../shared/errors.ts";
import type { EventName, EventOf } from "../../shared/ipc/contract.ts";
import { showHidden } from "../../shared/model/hidden-characters.ts";

/** Exit status of a command: 0 done, 1 findings, 2 wrong usage, 3 fault. */
export type ExitStatus = 0 | 1 | 2 | 3;

/**
 * Where a command says what it has to say. Names, titles and bundles are hostile text: what would move the cursor of a terminal or
 * turn its writing around is shown by its number.
 */
export interface Output {
  readonly json: boolean;
  /** A result: the JSON value with --json, else the lines. */
  result(value: unknown, lines: readonly string[]): void;
  /** A line of what is going on; to standard error, so that results can be piped. */
  note(line: string): void;
  fault(thrown: unknown): ExitStatus;
  /** Shows an event of the engine as progress. */
  progress<E extends EventName>(event: E, payload: EventOf<E>): void;
  /** Ends a line of progress that was drawn over. */
  settle(): void;
}

export interface Streams {
  readonly out: NodeJS.WritableStream;
  readonly err: NodeJS.WritableStream & { isTTY?: boolean | undefined };
}

export function createOutput(json: boolean, streams: Streams): Output {
  const progress = createProgress(streams.err);
  return {
    json,
    result(value, lines) {
      progress.settle();
      streams.out.write(json ? `${JSON.stringify(value, null, 2)}\n` : `${showHidden(lines.join("\n"))}\n`);
    },
    note(line) {
      progress.settle();
      streams.err.write(`${showHidden(line)}\n`);
    },
    fault(thrown) {
      progress.settle();
      const fault = faultOf(thrown);
      if (json) streams.out.write(`${JSON.stringify({ fault }, null, 2)}\n`);
      else streams.err.write(`${showHidden(describeFault(fault))}\n`);
      return exitStatusOf(fault.code);
    },
    progress: (event, payload) => progress.show(event, payload),
    settle: () => progress.settle(),
  };
}

export function describeFault(fault: Fault): string {
  return `${fault.message}\n${fault.action}\n(${fault.code})`;
}

interface Progress {
  show<E extends EventName>(event: E, payload: EventOf<E>): void;
  settle(): void;
}

/** On a terminal one line that is drawn over; elsewhere a plain line when a kind of work begins and when it is done. */
function createProgress(stream: Streams["err"]): Progress {
  let drawn = false;
  const said = new Set<string>();
  const write = (named: string, done: number, total: number | null) => {
    const what = showHidden(named);
    const amount = total === null ? `${done}` : `${done} of ${total}`;
    if (stream.isTTY) {
      stream.write(`\r\u001b[2K${what}: ${amount}`);
      drawn = true;
      return;
    }
    const [begun, ended] = [`${what} begun`, `${what} ended`];
    const key = total !== null && done >= total ? ended : begun;
    // Once each, whatever other work is between; a step that is done at once says only that.
    if (!said.has(key) && !said.has(ended)) stream.write(`${what}: ${amount}\n`);
    said.add(key);
  };
  return {
    show(event, payload) {
      if (event === "pull-progress") {
        const { sourceId, what, done, total } = payload as EventOf<"pull-progress">;
        write(`Pulling ${sourceId}, ${what}`, done, total);
      } else if (event === "work-progress") {
        const { what, done, total } = payload as EventOf<"work-progress">;
        write(what, done, total);
      }
    },
    settle() {
      if (drawn) stream.write("\n");
      drawn = false;
    },
  };
}
