import type { EvidenceFormat, RawRecord } from "../../../shared/model/evidence.ts";
import { type Instant, instantOf, millisecondsOf } from "../../../shared/model/instant.ts";
import type { SourceOf } from "../../../shared/model/source.ts";
import type { PullContext } from "../source-driver.ts";
import { type ComparedLine, listCompared } from "./compared-line.ts";
import { withComparisonCopy } from "./comparison-copy.ts";
import type { GitCursor } from "./cursor.ts";
import type { GitPull } from "./git-pull.ts";
import { mergeCommand, mergeMechanically } from "./mechanical-merge.ts";
import { oppositeCommand, patchCommand, patchIdCommand, readPatchIds } from "./patch-ids.ts";
import { marginDays } from "./plan-walk.ts";
import { listRefs } from "./refs.ts";
import type { Repository } from "./repository.ts";
import { commandText } from "./run-git.ts";

/** Comparisons between two savings: a merge can take a tenth of a second. */
const mergesAtOnce = 100;
const patchesAtOnce = 500;

/**
 * Stores what git makes of each merge and squash by itself, and the patches of single commits, so that what is on the
 * release branch can be held against what was approved (REV-08). Needs the contents of files, which a partial clone lacks.
 */
export async function storeComparisons(
  source: SourceOf<"git">,
  pull: GitPull,
  finished: GitCursor,
  context: PullContext,
): Promise<GitCursor> {
  const { repository } = pull.cut;
  let cursor = finished;
  const { newest, base, others } = cursor;
  // Where history or contents were left out, git would merge something else than was merged.
  const isWhole = repository.partial === "" && repository.shallow.length === 0;
  const isWanted = source.compareContents !== false && isWhole;
  if (cursor.comparedAll || newest === null || !isWanted) return cursor;
  const since = instantOf(millisecondsOf(context.period.start) - marginDays * 86_400_000);
  const line = await listComparedOn([...others, { newest, base }], repository, since);
  const total = line.merges.length + line.patches.length + line.opposites.length;
  await withComparisonCopy(repository, context.workFolder, async (copy) => {
    const started = context.now();
    while (cursor.compared < total) {
      const { record, count } = await compareLot(copy, line, cursor.compared, context);
      const bytes = cursor.comparedBytes + record.bytes.length;
      cursor = { ...cursor, compared: cursor.compared + count, comparedBytes: bytes };
      await context.save({ records: record.bytes.length > 0 ? [record] : [], cursor });
      context.report({ what: "contents compared", done: cursor.compared, total });
    }
    cursor = { ...cursor, comparedAll: true };
    const asked = [mergeCommand, patchCommand, oppositeCommand, patchIdCommand].map(commandText).join("; ");
    const request = { asked, status: 0, at: started, bytes: cursor.comparedBytes, rows: total, attempts: 1 };
    await context.save({ records: [], requests: [request], cursor });
  });
  return cursor;
}

/** What is to be compared on all release lines, each commit once. */
async function listComparedOn(
  ranges: readonly { readonly newest: string; readonly base: string | null }[],
  repository: Repository,
  since: Instant,
): Promise<ComparedLine> {
  const { refs } = await listRefs(repository);
  const lines: ComparedLine[] = [];
  for (const range of ranges) lines.push(await listCompared(repository, range, refs, since, ranges.length > 1));
  const merges = new Map(lines.flatMap((line) => line.merges.map((merge) => [merge.commit, merge])));
  return {
    merges: [...merges.values()],
    patches: [...new Set(lines.flatMap(({ patches }) => patches))],
    opposites: [...new Set(lines.flatMap(({ opposites }) => opposites))],
  };
}

/** The next comparisons: merges, then patches, then opposite ones. @param done how many are stored */
async function compareLot(
  copy: Repository,
  { merges, patches, opposites }: ComparedLine,
  done: number,
  context: PullContext,
): Promise<{ record: RawRecord; count: number }> {
  const record = (format: EvidenceFormat, name: string, bytes: Buffer): RawRecord => ({
    format,
    locator: `git:${name}`,
    bytes,
    receivedAt: context.now(),
  });
  if (done < merges.length) {
    const lot = merges.slice(done, done + mergesAtOnce);
    const lines = (await mergeMechanically(copy, lot)).map((merge) => `${JSON.stringify(merge)}\n`);
    const bytes = Buffer.from(lines.join(""));
    return { record: record("git.mechanical-merges", `merges@${lot[0]?.commit ?? ""}`, bytes), count: lot.length };
  }
  const patchesDone = done - merges.length;
  if (patchesDone < patches.length) {
    const lot = patches.slice(patchesDone, patchesDone + patchesAtOnce);
    const bytes = await readPatchIds(copy, lot);
    return { record: record("git.patch-ids", `patches@${lot[0] ?? ""}`, bytes), count: lot.length };
  }
  const oppositesDone = patchesDone - patches.length;
  const lot = opposites.slice(oppositesDone, oppositesDone + patchesAtOnce);
  const bytes = await readPatchIds(copy, lot, oppositeCommand);
  const name = `opposites@${lot[0]?.split(" ")[0] ?? ""}`;
  return { record: record("git.opposite-patch-ids", name, bytes), count: lot.length };
}
