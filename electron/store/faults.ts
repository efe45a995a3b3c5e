import { basename } from "node:path";
import Database from "better-sqlite3";
import { type ErrorCode, TickmarkError } from "../../shared/errors.ts";

/*
 * The one place where errors of SQLite and of the file system become faults of the closed union. A fault never means
 * that something is half done: every write is in a transaction, which is rolled back.
 */

type FileErrorCode =
  | Exclude<Extract<ErrorCode, `engagement-${string}`>, "engagement-read-only">
  | "disk-full"
  | "file-unreadable"
  | "file-unwritable"
  | "record-invalid";

const sentences: Record<FileErrorCode, readonly [happened: (file: string) => string, action: string]> = {
  "engagement-missing": [(file) => `There is no engagement file ${file}.`, "Check the path, or create the engagement."],
  "engagement-exists": [
    (file) => `The file ${file} exists already and was not touched.`,
    "Open it, or choose another name for the new engagement.",
  ],
  "engagement-newer": [
    (file) => `The engagement ${file} was last written by a newer version of Tickmark.`,
    "Open it with that version; it was not changed.",
  ],
  "engagement-corrupt": [
    (file) => `The file ${file} is damaged or is not an engagement.`,
    "Restore it from a copy; what Tickmark found in it was not changed.",
  ],
  "engagement-busy": [
    (file) => `The engagement ${file} is open in another window or process.`,
    "Close it there and try again.",
  ],
  "engagement-not-open": [(file) => `The engagement ${file} has been closed.`, "Open it again to go on."],
  "disk-full": [
    (file) => `The disk is full: nothing more can be written to ${file}.`,
    "Free space and repeat the step; everything saved before it is kept.",
  ],
  "file-unreadable": [
    (file) => `The file ${file} cannot be read.`,
    "Check its permissions and the disk that it is on.",
  ],
  "file-unwritable": [
    (file) => `The engagement ${file}, or the folder that it is in, cannot be written to.`,
    "Check the permissions, or copy the file to a folder of your own and open it there.",
  ],
  "record-invalid": [
    (file) => `A record is too large for the engagement ${file}.`,
    "A single record may have up to 1 GB; hand it over in parts.",
  ],
};

/** A fault of an engagement file, in the file's own words. `detail` is a further sentence. */
export function fileFault(code: FileErrorCode, path: string, detail?: string, cause?: unknown): TickmarkError {
  const [happened, action] = sentences[code];
  const message = happened(basename(path));
  return new TickmarkError(
    code,
    detail ? `${message} ${detail}` : message,
    action,
    cause === undefined ? {} : { cause },
  );
}

/**
 * Any thrown value as a fault of this file. What is neither SQLite's nor the file system's is handed back as it is.
 * @param detail a further sentence for the fault's message
 */
export function storeFault(thrown: unknown, path: string, detail?: string): unknown {
  if (thrown instanceof TickmarkError) return thrown;
  if (thrown instanceof Database.SqliteError) return sqliteFault(thrown, path, detail);
  if (thrown instanceof TypeError && /database connection is not open/.test(thrown.message)) {
    return fileFault("engagement-not-open", path, undefined, thrown);
  }
  if (thrown instanceof RangeError && /too big/.test(thrown.message)) {
    return fileFault("record-invalid", path, undefined, thrown);
  }
  const code = systemCodes[(thrown as NodeJS.ErrnoException | null)?.code ?? ""];
  return code ? fileFault(code, path, detail, thrown) : thrown;
}

const systemCodes: Record<string, FileErrorCode> = {
  ENOENT: "engagement-missing",
  ENOTDIR: "engagement-missing",
  EEXIST: "engagement-exists",
  ENOSPC: "disk-full",
  EDQUOT: "disk-full",
  EACCES: "file-unwritable",
  EPERM: "file-unwritable",
  EROFS: "file-unwritable",
  EISDIR: "engagement-corrupt",
  EIO: "file-unreadable",
};

// SQLite's extended code begins with its primary code; the first entry that fits decides.
const sqliteCodes: readonly (readonly [prefix: string, FileErrorCode])[] = [
  ["SQLITE_FULL", "disk-full"],
  ["SQLITE_BUSY", "engagement-busy"],
  ["SQLITE_LOCKED", "engagement-busy"],
  ["SQLITE_CORRUPT", "engagement-corrupt"],
  ["SQLITE_NOTADB", "engagement-corrupt"],
  ["SQLITE_IOERR_SHORT_READ", "engagement-corrupt"],
  ["SQLITE_IOERR_READ", "file-unreadable"],
  ["SQLITE_IOERR", "file-unwritable"],
  ["SQLITE_READONLY", "file-unwritable"],
  ["SQLITE_CANTOPEN", "file-unwritable"],
  ["SQLITE_PERM", "file-unwritable"],
  ["SQLITE_TOOBIG", "record-invalid"],
];

function sqliteFault(
  thrown: InstanceType<typeof Database.SqliteError>,
  path: string,
  detail: string | undefined,
): TickmarkError {
  const code = sqliteCodes.find(([prefix]) => thrown.code.startsWith(prefix))?.[1];
  if (code) return fileFault(code, path, detail, thrown);
  return new TickmarkError(
    "internal",
    `The engagement ${basename(path)} refused a step: ${thrown.message} (${thrown.code}).`,
    "Nothing of the step was kept. Try again; if it happens again, report it with this message.",
    { cause: thrown },
  );
}

/** Runs `act` and throws whatever it throws as a fault of this file. */
export function withFaults<T>(path: string, act: () => T, detail?: string): T {
  try {
    return act();
  } catch (thrown) {
    throw storeFault(thrown, path, detail);
  }
}

type Calls = Record<string, unknown>;

/** The same calls, each of which throws faults only; iterators, streams and promises that they return as well. */
export function guardCalls<T extends object>(path: string, calls: T): T {
  const guarded: Calls = {};
  for (const [name, call] of Object.entries(calls)) {
    guarded[name] = typeof call === "function" ? guardCall(path, call as (...args: unknown[]) => unknown) : call;
  }
  return guarded as T;
}

function guardCall(path: string, call: (...args: unknown[]) => unknown) {
  return (...args: unknown[]) => {
    const answer = withFaults(path, () => call(...args));
    if (answer instanceof Promise) return answer.catch((thrown) => Promise.reject(storeFault(thrown, path)));
    if (answer instanceof Iterator) return guardIterator(path, answer);
    return isPassedInPieces(answer) ? guardPieces(path, answer) : answer;
  };
}

function isPassedInPieces(answer: unknown): answer is AsyncIterable<unknown> {
  return typeof answer === "object" && answer !== null && Symbol.asyncIterator in answer;
}

async function* guardPieces(path: string, pieces: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  try {
    yield* pieces;
  } catch (thrown) {
    throw storeFault(thrown, path);
  }
}

function* guardIterator(path: string, rows: Iterator<unknown>): Generator<unknown> {
  try {
    for (;;) {
      const next = withFaults(path, () => rows.next());
      if (next.done) return;
      yield next.value;
    }
  } finally {
    rows.return?.();
  }
}
