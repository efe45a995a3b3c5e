import { TickmarkError } from "../../../shared/errors.ts";
import type { SourceOf } from "../../../shared/model/source.ts";
import { type HandedOverFile, listHandedOverFiles } from "../files/handed-over-files.ts";
import { readWholeFile } from "../files/read-whole.ts";
import { takeFile } from "../files/taken-file.ts";
import { createPullSteps, type PullSteps } from "../pull-steps.ts";
import type { PullContext, SourceContext, SourceDriver } from "../source-driver.ts";
import { atTheBeginning, GithubFilesCursor } from "./github-files-cursor.ts";
import { outcomeOfFiles } from "./github-files-outcome.ts";
import { type RecordedPage, recognisePage } from "./recorded-page.ts";
import { countPage } from "./recorded-page-count.ts";

/** Recorded answers of GitHub's REST API, one a file, handed over in a folder. */
export const githubFilesDriver: SourceDriver<"github-files"> = {
  kind: "github-files",
  async test(source, context) {
    const files = await listJsonFiles(source, context);
    return { identity: "", access: "files handed over", canWrite: null, notes: [`${files.length} JSON files.`] };
  },
  async pull(source, context) {
    const files = await listJsonFiles(source, context);
    const begun = GithubFilesCursor.safeParse(context.cursor);
    // Files are dealt with in the order of their names. Where the last one is gone, the folder is another: begin again.
    const last = begun.success ? files.findIndex((file) => file.name === begun.data.after) : -1;
    const steps = createPullSteps(context, begun.success && last >= 0 ? begun.data : atTheBeginning);
    for (const [index, file] of files.entries()) {
      if (index <= last) continue;
      context.report({ what: "recorded answers", done: index, total: files.length });
      await pullFile(source, context, steps, file);
    }
    if (Object.keys(steps.cursor.files).length === 0) throw nothingRecognised(source, steps.cursor);
    return outcomeOfFiles(source, context, steps.cursor);
  },
};

async function pullFile(
  source: SourceOf<"github-files">,
  context: PullContext,
  steps: PullSteps<GithubFilesCursor>,
  file: HandedOverFile,
): Promise<void> {
  const bytes = await readWholeFile(file, context.signal);
  const page = recognise(file.name, bytes);
  const { cursor } = steps;
  if ("reason" in page) {
    const notTaken = [...cursor.notTaken, { name: file.name, reason: page.reason }];
    return steps.save([], { ...cursor, after: file.name, notTaken });
  }
  const counted = countPage(source, context.period, cursor, file.name, page);
  const taken = takeFile(file, bytes, page.format, context.now(), page.elements.length);
  return steps.save([taken], { ...counted, after: file.name });
}

function recognise(name: string, bytes: Uint8Array): RecordedPage {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return { reason: "it is not JSON, or not whole" };
  }
  return recognisePage(name, json);
}

async function listJsonFiles(source: SourceOf<"github-files">, context: SourceContext): Promise<HandedOverFile[]> {
  const files = await listHandedOverFiles(source.path, context.baseFolder);
  const json = files.filter((file) => /\.json(\.gz)?$/i.test(file.name));
  if (json.length > 0) return json;
  throw new TickmarkError(
    "file-format-unknown",
    `${source.path} holds no JSON file.`,
    "Give the folder of recorded GitHub answers, one answer a file, each ending in .json.",
  );
}

function nothingRecognised(source: SourceOf<"github-files">, { notTaken }: GithubFilesCursor): TickmarkError {
  const [first] = notTaken;
  const example = first === undefined ? "" : `; ${first.name}: ${first.reason}`;
  return new TickmarkError(
    "file-format-unknown",
    `No file of ${source.path} is an answer of GitHub's REST API${example}.`,
    "Hand over the answers as GitHub gave them, one a file.",
  );
}
