import type { Period } from "../../../shared/model/period.ts";
import type { SourceOf } from "../../../shared/model/source.ts";
import type { PullOutcome } from "../source-driver.ts";
import { rangeText } from "./begin-pull.ts";
import type { GitCursor } from "./cursor.ts";
import { marginDays } from "./plan-walk.ts";
import { refsCommand } from "./refs.ts";
import { lineCommand } from "./release-line.ts";
import type { Repository } from "./repository.ts";
import { commandText } from "./run-git.ts";
import { commitsCommand, pathsCommand } from "./walk-commits.ts";

export function outcomeOf(
  source: SourceOf<"git">,
  period: Period,
  repository: Repository,
  cursor: GitCursor,
): PullOutcome {
  return {
    endpoint: `${source.location}, ${[...cursor.others, cursor].map(({ ref, tip }) => `branch ${ref} at ${tip}`).join(", ")}`,
    query: queryOf(cursor),
    identity: "",
    access: "",
    counts: {
      "commits": cursor.done,
      "commits on the release branch": cursor.onBranch,
      "merges": cursor.merges,
      "refs": cursor.refs,
      "tags": cursor.tags,
      ...(cursor.compared > 0 ? { "comparisons of contents": cursor.compared } : {}),
    },
    tieOuts: [
      {
        what: "commits",
        how:
          cursor.others.length > 0
            ? "git rev-list --count of each release line, less what was counted before"
            : "git rev-list --count of the same commits",
        expected: cursor.counted,
        received: cursor.done,
      },
    ],
    coverage: (cursor.comparedAll ? (["commits", "contents"] as const) : (["commits"] as const)).map((kind) => ({
      kind,
      scope: source.repository,
      from: period.start,
      to: period.end,
    })),
    notes: [...repository.notes, ...cursor.notes],
  };
}

function queryOf(cursor: GitCursor): string {
  const commands = [
    commandText(refsCommand),
    ...[...cursor.others, cursor].map(({ tip }) => commandText(lineCommand(tip))),
  ];
  if (cursor.walk) commands.push(rangeText(cursor), commandText(commitsCommand), commandText(pathsCommand));
  return `${commands.join("; ")}; with a margin of ${marginDays} days on both sides of the period`;
}
