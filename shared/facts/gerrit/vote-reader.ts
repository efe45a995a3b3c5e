import type { Fact, FactOf } from "../../model/facts.ts";
import type { ChangePlace } from "./change-reader.ts";
import type { GerritChange } from "./gerrit-shapes.ts";

const label = "Code-Review";
const cast = /^Patch Set (\d+):.*?(?:^|\s)(-)?Code-Review(?:([+-]\d+))?/;
const removed = /^Removed Code-Review([+-]\d+) by /;

/**
 * Votes from a change's messages, which Gerrit writes itself and which alone tell the patch set that was voted on and
 * what was taken back. Only the highest vote is an approval (`label:Code-Review=MAX` is Gerrit's own rule); a lower
 * positive one says "looks good to me, but somebody else must approve".
 */
export function reviewsOf(place: ChangePlace, change: GerritChange): Fact[] {
  if (change.messages === undefined) return [];
  const commits = new Map(Object.entries(change.revisions).map(([id, { _number: number }]) => [number, id]));
  const most = highestVote(change);
  const reviews = change.messages.flatMap((message): Fact[] => {
    const state = stateOf(message.message, most);
    if (state === null) return [];
    const [, patchSet] = cast.exec(message.message) ?? [];
    const number = patchSet === undefined ? message._revision_number : Number(patchSet);
    return [
      {
        kind: "review",
        ...place,
        id: message.id,
        reviewer: message.author.login,
        reviewerType: message.author.type,
        state,
        at: message.date,
        commit: commits.get(number ?? 0) ?? null,
        mayApprove: true,
      },
    ];
  });
  // All messages came in one answer, so it is the whole list.
  return [...reviews, { kind: "review-page", ...place, page: 1, last: true }];
}

function stateOf(message: string, most: number): FactOf<"review">["state"] | null {
  if (removed.test(message)) return "dismissed";
  const match = cast.exec(message);
  if (match === null) return null;
  const vote = Number(match[3] ?? 0);
  if (match[2] === "-" || vote === 0) return "dismissed";
  if (vote < 0) return "changes-requested";
  return vote >= most ? "approved" : "commented";
}

function highestVote({ labels }: GerritChange): number {
  const votes = Object.keys(labels[label]?.values ?? {}).map((text) => Number(text.trim()));
  const highest = Math.max(0, ...votes.filter((vote) => Number.isInteger(vote)));
  return highest > 0 ? highest : 2;
}
