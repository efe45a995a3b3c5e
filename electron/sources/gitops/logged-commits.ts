import { TickmarkError } from "../../../shared/errors.ts";

/** A commit of a log with its patch, as git printed it. */
export interface PrintedCommit {
  readonly id: string;
  readonly bytes: Uint8Array;
}

const mark = Buffer.from("\ncommit ");
const start = /^commit ([0-9a-f]{40}|[0-9a-f]{64})(?: \(.*\))?\n/;
const longestStart = 256;
/** A file that says which version runs somewhere is small. */
const largest = 64 * 1024 * 1024;

/** Cuts a log into its commits as it comes. @throws record-invalid */
export async function* cutLog(parts: AsyncIterable<Buffer>, repository: string): AsyncGenerator<PrintedCommit> {
  let waiting: Buffer = Buffer.alloc(0);
  for await (const part of parts) {
    // The line that begins a commit may lie across two parts.
    let from = Math.max(0, waiting.length - longestStart);
    waiting = Buffer.concat([waiting, part]);
    for (let at = waiting.indexOf(mark, from); at >= 0; at = waiting.indexOf(mark, from)) {
      if (lineIsCut(waiting, at + 1)) break;
      if (!start.test(lineAt(waiting, at + 1))) {
        from = at + 1;
        continue;
      }
      yield commitOf(waiting.subarray(0, at + 1), repository);
      waiting = waiting.subarray(at + 1);
      from = 0;
    }
    if (waiting.length > largest) throw tooLarge(repository);
  }
  if (waiting.length > 0) yield commitOf(waiting, repository);
}

function lineIsCut(bytes: Buffer, from: number): boolean {
  return bytes.indexOf(0x0a, from) < 0;
}

function lineAt(bytes: Buffer, from: number): string {
  return bytes.toString("latin1", from, bytes.indexOf(0x0a, from) + 1);
}

function commitOf(bytes: Buffer, repository: string): PrintedCommit {
  const id = start.exec(lineIsCut(bytes, 0) ? "" : lineAt(bytes, 0))?.[1];
  if (id !== undefined) return { id, bytes };
  throw new TickmarkError(
    "git-failed",
    `git printed something else than a log of ${repository}.`,
    "Check the installed git: it must be the usual one, in a version of the last years.",
  );
}

function tooLarge(repository: string): TickmarkError {
  return new TickmarkError(
    "record-invalid",
    `A commit of ${repository} changes more than ${largest / 1048576} MiB in the files that were named.`,
    "Name only the files that say which version runs where.",
  );
}
