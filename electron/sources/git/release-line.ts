import { createStretchFinder, type LineStretch } from "./line-range.ts";
import { callOn, type Repository } from "./repository.ts";
import { startGit } from "./run-git.ts";
import { lotsOfLines } from "./text-lines.ts";

/** A span of time in seconds since 1970: `from` included, `to` excluded. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export const lineCommand = (tip: string): string[] => ["rev-list", "--first-parent", "--timestamp", tip];

/** The stretches of the release branch's first-parent line that belong to spans of time, found in one walk over it. */
export async function findStretches(
  repository: Repository,
  tip: string,
  spans: readonly Span[],
): Promise<(LineStretch | null)[]> {
  const finders = spans.map(({ from, to }) => createStretchFinder(from, to));
  const running = startGit(callOn(repository, lineCommand(tip)));
  for await (const lines of lotsOfLines(running.stdout)) {
    for (const line of lines) {
      const space = line.indexOf(" ");
      const commit = { date: Number(line.slice(0, space)), id: line.slice(space + 1) };
      for (const finder of finders) finder.add(commit);
    }
  }
  await running.ended;
  return finders.map((finder) => finder.found());
}
