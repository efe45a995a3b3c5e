import type { LineStretch } from "./line-range.ts";
import { callOn, type Repository } from "./repository.ts";
import { readGitText, startGit } from "./run-git.ts";
import { lotsOfLines } from "./text-lines.ts";
import { type WalkFile, writeWalkFile } from "./walk-file.ts";

/** A list of commits as it is asked of git. */
interface Question {
  readonly options: readonly string[];
  readonly ids: readonly string[];
}

/**
 * Writes the list of what several release lines got near the period, each commit once. Each line is asked for by itself:
 * what another line had long before can have come to this one only now, so the start of one must not cut off another.
 * @param tips of other refs; what was there before any of the lines' stretches is not read for them
 */
export async function writeSeveralLines(
  repository: Repository,
  path: string,
  lines: readonly { readonly tip: string; readonly stretch: LineStretch }[],
  tips: readonly string[],
): Promise<{ walk: WalkFile; before: readonly string[]; later: number; counted: number }> {
  const without = ({ base }: LineStretch): string[] => (base === null ? [] : [`^${base}`]);
  const after = lines.map(
    ({ tip, stretch }): Question => ({ options: ["--first-parent"], ids: [tip, `^${stretch.newest}`] }),
  );
  const ranges = lines.map(
    ({ stretch }): Question => ({ options: ["--boundary"], ids: [stretch.newest, ...without(stretch)] }),
  );
  const others = { options: ["--boundary"], ids: [...tips, ...lines.flatMap(({ stretch }) => without(stretch))] };
  const questions = [...after, ...ranges, ...(tips.length > 0 ? [others] : [])];
  const tally = { repeated: 0 };
  const written = await writeWalkFile(path, repository.idLength, listOnce(repository, questions, tally));
  let [later, counted] = [0, 0];
  for (const question of questions) {
    const count = await countCommits(repository, question);
    counted += count;
    if (after.includes(question)) later += count;
  }
  return { ...written, later, counted: counted - tally.repeated };
}

async function countCommits(repository: Repository, { options, ids }: Question): Promise<number> {
  const kept = options.filter((option) => option !== "--boundary");
  return Number(await readGitText(callOn(repository, ["rev-list", "--count", ...kept, "--stdin"], ids)));
}

/** Ids of all questions without doubles, and after them those that lie just before and belong to none. */
async function* listOnce(
  repository: Repository,
  questions: readonly Question[],
  tally: { repeated: number },
): AsyncGenerator<Buffer> {
  const read = new Set<string>();
  const before = new Set<string>();
  for (const { options, ids } of questions) {
    const running = startGit(callOn(repository, ["rev-list", ...options, "--stdin"], ids));
    for await (const lines of lotsOfLines(running.stdout)) {
      for (const line of lines) if (line.startsWith("-")) before.add(line.slice(1));
      const listed = lines.filter((line) => !line.startsWith("-"));
      const fresh = listed.filter((id) => !read.has(id));
      for (const id of fresh) read.add(id);
      tally.repeated += listed.length - fresh.length;
      yield linesOf(fresh);
    }
    await running.ended;
  }
  yield linesOf([...before].filter((id) => !read.has(id)).map((id) => `-${id}`));
}

function linesOf(ids: readonly string[]): Buffer {
  return Buffer.from(ids.map((id) => `${id}\n`).join(""), "latin1");
}
