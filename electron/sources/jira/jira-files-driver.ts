import { TickmarkError } from "../../../shared/errors.ts";
import type { SourceOf } from "../../../shared/model/source.ts";
import { digestFile } from "../files/file-digest.ts";
import { type HandedOverFile, listHandedOverFiles } from "../files/handed-over-files.ts";
import { readWholeFile } from "../files/read-whole.ts";
import { takeFile } from "../files/taken-file.ts";
import { type LinePart, openLineFile } from "../files/whole-lines.ts";
import { createPullSteps, type KeptAnswer, type PullSteps } from "../pull-steps.ts";
import type { PullContext, SourceContext, SourceDriver } from "../source-driver.ts";
import { countKeys, keysOfLines, recogniseExport } from "./exported-tickets.ts";
import { atTheBeginning, JiraFilesCursor } from "./jira-files-cursor.ts";
import { outcomeOfFiles } from "./jira-files-outcome.ts";

type JiraFiles = SourceOf<"jira-files">;

/** Exported tickets: pages of a search, or a ticket a line, plain or gzip, as a file or a folder. */
export const jiraFilesDriver: SourceDriver<"jira-files"> = {
  kind: "jira-files",
  async test(source, context) {
    const files = await listExports(source, context);
    return { identity: "", access: "files handed over", canWrite: null, notes: [`${files.length} files of JSON.`] };
  },
  async pull(source, context) {
    const files = await listExports(source, context);
    const begun = JiraFilesCursor.safeParse(context.cursor);
    const last = begun.success ? files.findIndex((file) => file.name === begun.data.after) : -1;
    const isSame = begun.success && (last >= 0 || begun.data.after === "");
    const steps = createPullSteps(context, isSame ? begun.data : atTheBeginning);
    for (const [index, file] of files.entries()) {
      if (isSame && index <= last) continue;
      context.report({ what: "files of exported tickets", done: index, total: files.length });
      if (isLineFile(file)) await pullLines(source, context, steps, file);
      else await pullWhole(source, context, steps, file);
    }
    if (steps.cursor.taken === 0) throw nothingRecognised(source, steps.cursor);
    return outcomeOfFiles(source, context, steps.cursor);
  },
};

async function pullWhole(
  source: JiraFiles,
  context: PullContext,
  steps: PullSteps<JiraFilesCursor>,
  file: HandedOverFile,
): Promise<void> {
  const bytes = await readWholeFile(file, context.signal);
  const text = new TextDecoder("utf-8").decode(bytes);
  const page = recogniseExport(file.name, text);
  const { cursor } = steps;
  if ("reason" in page) {
    // Some tools end the name of a file of lines in .json as well.
    const [first = null] = keysOfLines(bytes.subarray(0, lengthOfFirstLine(bytes)));
    if (first !== null) return pullLines(source, context, steps, file);
    const notTaken = [...cursor.notTaken, { name: file.name, reason: page.reason }];
    return steps.save([], { ...cursor, after: file.name, within: null, notTaken });
  }
  const counted = countKeys(source.projects, cursor, page.keys);
  const taken = takeFile(file, bytes, page.format, context.now(), page.keys.length);
  return steps.save([taken], { ...counted, after: file.name, within: null, taken: cursor.taken + 1 });
}

async function pullLines(
  source: JiraFiles,
  context: PullContext,
  steps: PullSteps<JiraFilesCursor>,
  file: HandedOverFile,
): Promise<void> {
  const digest = await digestFile(file.path, context.signal);
  const { within } = steps.cursor;
  const from = within?.name === file.name && within.digest === digest ? within.nextLine : 1;
  let lines = 0;
  for await (const part of openLineFile(file, context.signal)) {
    lines = part.firstLine + part.lines - 1;
    if (part.firstLine < from) continue;
    const counted = countKeys(source.projects, steps.cursor, keysOfLines(part.bytes));
    await steps.save([takeLines(file, part, context)], {
      ...counted,
      within: { name: file.name, nextLine: lines + 1, digest },
    });
  }
  const { cursor } = steps;
  const note = `${file.name}: ${lines} lines; the file as handed over has the SHA-256 ${digest}.`;
  await steps.save([], {
    ...cursor,
    after: file.name,
    within: null,
    taken: cursor.taken + 1,
    notes: [...cursor.notes, note],
  });
}

function takeLines(file: HandedOverFile, part: LinePart, context: PullContext): KeptAnswer {
  const { bytes, firstLine, lines } = part;
  const range = `L${firstLine}-${firstLine + lines - 1}`;
  const now = context.now();
  return {
    record: {
      format: "jira.issue-lines",
      locator: `${file.name}#${range}`,
      bytes,
      receivedAt: now,
      reading: { firstLine },
    },
    request: {
      asked: `read ${file.name} ${range} as jira.issue-lines`,
      status: 0,
      at: now,
      bytes: bytes.byteLength,
      rows: lines,
      attempts: 1,
      answer: bytes,
    },
  };
}

async function listExports(source: JiraFiles, context: SourceContext): Promise<HandedOverFile[]> {
  const files = await listHandedOverFiles(source.path, context.baseFolder);
  const json = files.filter((file) => isLineFile(file) || /\.json(\.gz)?$/i.test(file.name));
  if (json.length > 0) return json;
  throw new TickmarkError(
    "file-format-unknown",
    `${source.path} is neither a JSON or JSONL file nor a folder of such files.`,
    "Give pages of a search (.json) or a ticket a line (.jsonl), plain or packed with gzip (.gz).",
  );
}

function isLineFile(file: HandedOverFile): boolean {
  return /\.(jsonl|ndjson)(\.gz)?$/i.test(file.name);
}

function lengthOfFirstLine(bytes: Uint8Array): number {
  const end = bytes.indexOf(0x0a);
  return end < 0 ? bytes.length : end;
}

function nothingRecognised(source: JiraFiles, { notTaken }: JiraFilesCursor): TickmarkError {
  const [first] = notTaken;
  const example = first === undefined ? "" : `; ${first.name}: ${first.reason}`;
  return new TickmarkError(
    "file-format-unknown",
    `${source.path} holds no tickets${example}.`,
    "Hand over pages of Jira's search as Jira gave them, or one ticket a line.",
  );
}
