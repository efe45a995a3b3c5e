/** A file in a commit's patch, before and after; null where it did not exist. Only as much as the patch shows. */
export interface PatchedFile {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** A commit as `git log --format=fuller --date=iso-strict -p` prints it. */
export interface LoggedCommit {
  readonly id: string;
  /** Line of the text that it begins on, from 1. */
  readonly line: number;
  readonly authorName: string;
  readonly authorEmail: string;
  /** As printed. */
  readonly commitDate: string;
  readonly files: readonly PatchedFile[];
  /** What of its patch could not be read. */
  readonly unread: readonly string[];
}

const start = /^commit ([0-9a-f]{40}|[0-9a-f]{64})(?: \(.*\))?$/;

/** Splits a log into its commits. Lines of messages are indented and those of patches are marked, so none looks like a start. */
export function readCommitLog(text: string): LoggedCommit[] {
  const lines = text.split("\n");
  const starts = lines.flatMap((line, index) => (start.test(line) ? [index] : []));
  return starts.map((from, index) => readCommit(lines.slice(from, starts[index + 1]), from + 1));
}

function readCommit(lines: readonly string[], line: number): LoggedCommit {
  const header = (name: string): string => {
    const found = lines.slice(0, 8).find((one) => one.startsWith(`${name}:`));
    return found?.slice(name.length + 1).trim() ?? "";
  };
  const [, authorName = "", authorEmail = ""] = /^(.*?) ?<([^<>]*)>$/.exec(header("Author")) ?? [];
  const { files, unread } = readPatch(lines);
  return {
    id: start.exec(lines[0] ?? "")?.[1] ?? "",
    line,
    authorName,
    authorEmail,
    commitDate: header("CommitDate"),
    files,
    unread,
  };
}

function readPatch(lines: readonly string[]): { files: PatchedFile[]; unread: string[] } {
  const starts = lines.flatMap((line, index) => (line.startsWith("diff --git ") ? [index] : []));
  const files: PatchedFile[] = [];
  const unread: string[] = [];
  for (const [index, from] of starts.entries()) {
    const read = readFilePatch(lines.slice(from, starts[index + 1]));
    if (typeof read === "string") unread.push(read);
    else if (read !== null) files.push(read);
  }
  return { files, unread };
}

/** Null for a change without content, such as of the file's mode. */
function readFilePatch(lines: readonly string[]): PatchedFile | string | null {
  const minus = lines.findIndex((line) => line.startsWith("--- "));
  if (minus < 0) {
    return lines.some((line) => line.startsWith("Binary files ")) ? `a binary file changed: ${lines[0]}` : null;
  }
  const oldPath = pathOf(lines[minus] ?? "", "--- ", "a/");
  const newPath = pathOf(lines[minus + 1] ?? "", "+++ ", "b/");
  const path = newPath ?? oldPath;
  if (path === undefined || path === null) return `its patch cannot be read: ${lines[0]}`;
  const sides = readHunks(lines.slice(minus + 2));
  return { path, before: oldPath === null ? null : sides.before, after: newPath === null ? null : sides.after };
}

/** Null: there is no file on this side. Undefined: the line is none of a patch. */
function pathOf(line: string, mark: string, prefix: string): string | null | undefined {
  if (line === `${mark}/dev/null`) return null;
  const path = line.startsWith(mark + prefix) ? line.slice(mark.length + prefix.length) : undefined;
  // git ends the name with a tab when it holds a space.
  return path?.replace(/\t$/, "");
}

/** Both sides of the hunks. Their headers count lines, so that a removed line that reads `-- a` is no new file. */
function readHunks(lines: readonly string[]): { before: string; after: string } {
  const before: string[] = [];
  const after: string[] = [];
  let [oldLeft, newLeft] = [0, 0];
  for (const line of lines) {
    if (oldLeft === 0 && newLeft === 0) {
      const [, old, now] = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line) ?? [];
      if (line.startsWith("@@ ")) [oldLeft, newLeft] = [Number(old ?? 1), Number(now ?? 1)];
      continue;
    }
    const content = line.slice(1);
    if (line.startsWith("\\")) continue; // "\ No newline at end of file"
    if (!line.startsWith("+")) {
      before.push(content);
      oldLeft -= 1;
    }
    if (!line.startsWith("-")) {
      after.push(content);
      newLeft -= 1;
    }
  }
  return { before: before.join("\n"), after: after.join("\n") };
}
