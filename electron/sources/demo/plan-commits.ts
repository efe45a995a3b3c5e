import type { Directory, Identity } from "./directory.ts";
import { type Seconds, weekdayOf } from "./moments.ts";
import type { CommitSignature, PlannedCommit } from "./planned.ts";
import { spread } from "./spread.ts";
import type { StoryChange, StoryCommit } from "./story-schema.ts";

const minutes = 60;
const day = 86_400;

export interface Drafted {
  readonly openedAt: Seconds;
  readonly commits: readonly PlannedCommit[];
}

/** Decides what a change's branch looked like: as the story tells it, or like an ordinary branch of one to three commits. */
export function draftBranch(change: StoryChange, directory: Directory): Drafted {
  if (change.commits) return draftTold(change, change.commits, directory);
  const openedAt = change.openedAt ?? usualOpening(change);
  const messages = usualMessages(change);
  const pace = spread(`${change.id}/pace`, 17, 41) * minutes;
  const commits = messages.map((message, index) => {
    const at = openedAt - (messages.length - index) * pace + spread(`${change.id}/${index}`, 0, 300);
    return makeCommit(change, index, directory.of(change.author), { at, message, pushedAt: openedAt - 30 });
  });
  return { openedAt, commits };
}

function draftTold(change: StoryChange, told: readonly StoryCommit[], directory: Directory): Drafted {
  const commits = told.map((commit, index) => {
    const pushedAt = commit.pushedAt ?? commit.at + spread(`${change.id}/${index}/push`, 40, 240);
    const message = withTrailers(commit.message ?? usualMessages(change)[index] ?? "Continue", commit, directory);
    const { name, as: email } = commit;
    return makeCommit(change, index, directory.of(commit.by), { at: commit.at, message, pushedAt, name, email });
  });
  const first = commits[0];
  return { openedAt: change.openedAt ?? (first?.pushedAt ?? change.at) + 3 * minutes, commits };
}

interface CommitParts {
  readonly at: Seconds;
  readonly message: string;
  readonly pushedAt: Seconds;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

function makeCommit(change: StoryChange, index: number, by: Identity, parts: CommitParts): PlannedCommit {
  const { at, message, pushedAt, name = by.name, email = by.email } = parts;
  const author: CommitSignature = { name, email, at, zone: by.zone };
  const committer = by.bot ? { name: "GitHub", email: "noreply@github.com", at, zone: by.zone } : author;
  return { key: `${change.id}/${index + 1}`, author, committer, message, pushedAt };
}

function withTrailers(message: string, commit: StoryCommit, directory: Directory): string {
  if (commit.coAuthors.length === 0) return message;
  const trailers = commit.coAuthors.map((who) => {
    const { name, email } = directory.of(who);
    return `Co-authored-by: ${name} <${email}>`;
  });
  return `${message}\n\n${trailers.join("\n")}`;
}

/** Some are opened on the day of the merge, some on the working day before. */
function usualOpening(change: StoryChange): Seconds {
  if (spread(`${change.id}/day`, 0, 1) === 0) return change.at - spread(`${change.id}/opened`, 70, 95) * minutes;
  const back = weekdayOf(change.at, "Europe/Berlin") === 1 ? 3 : 1;
  return change.at - back * day + spread(`${change.id}/opened`, -40, 40) * minutes;
}

function usualMessages(change: StoryChange): string[] {
  const bare = change.title.replace(/ \[skip [a-z]+\]$/, "");
  const keyed = change.ticket !== undefined && change.ticketIn.includes("message");
  const first = keyed ? `${change.ticket} ${bare}` : bare;
  const single = change.how === "rebase" || change.reverts !== undefined || change.author === "dependabot";
  const count = single ? 1 : spread(`${change.id}/commits`, 1, 3);
  return [first, "Cover it with tests", "Name things as the ledger does"].slice(0, count);
}
