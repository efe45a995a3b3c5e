import type { Fact, FactOf } from "../../model/facts.ts";
import type { ChangePlace, GerritChange } from "./gerrit-shapes.ts";

type Review = FactOf<"review">;
type Message = NonNullable<GerritChange["messages"]>[number];

const label = "Code-Review";
/** Whoever uploads a patch set can vote with it. */
const cast = /^(?:Patch Set|Uploaded patch set) (\d+):.*?(?:^|\s)(-)?Code-Review(?:([+-]\d+))?/;
/** A vote was removed, or a reviewer with all votes, which a list below the first line names. */
const removal = /^Removed /;
const removed = /^(?:Removed |\s*\* )Code-Review[+-]\d+ by (.*?)\.?$/gm;

/**
 * Votes from a change's messages, which Gerrit writes itself and which alone tell the patch set that was voted on and
 * what was taken back. Only the highest vote is an approval (`label:Code-Review=MAX` is Gerrit's own rule); a lower
 * positive one says "looks good to me, but somebody else must approve".
 *
 * A vote is that of who cast it: somebody with the right to can cast one in another's name, and Gerrit then names both.
 * @param head number of the patch set that was there at the submit
 */
export function reviewsOf(place: ChangePlace, change: GerritChange, head: number): Fact[] {
  if (change.messages === undefined) return [];
  const commits = new Map(Object.entries(change.revisions).map(([id, { _number: number }]) => [number, id]));
  const most = highestVote(change);
  const reviews: Review[] = [];
  /** In whose name the vote of each review stands. */
  const voters = new Map<Review, string>();
  for (const message of change.messages) {
    const base = { kind: "review", ...place, at: message.date, mayApprove: true } as const;
    if (removal.test(message.message)) {
      const named = removedFrom(message);
      for (const [voter, review] of lastOf(reviews, voters)) {
        // Where it is not clear whose vote went, no vote stands.
        if (!named.includes(voter) && !named.includes("")) continue;
        const taken = { ...review, ...base, id: `${message.id} ${voter}`, state: "dismissed" } as const;
        reviews.push(taken);
        voters.set(taken, voter);
      }
      continue;
    }
    const state = stateOf(message.message, most);
    if (state === null) continue;
    const [, patchSet] = cast.exec(message.message) ?? [];
    const number = patchSet === undefined ? message._revision_number : Number(patchSet);
    const by = message.real_author.login === "" ? message.author : message.real_author;
    const commit = commits.get(number ?? 0) ?? null;
    const review = { ...base, id: message.id, reviewer: by.login, reviewerType: by.type, state, commit };
    reviews.push(review);
    voters.set(review, message.author.login);
  }
  const standing = change.labels[label]?.all;
  const gone = [...lastOf(reviews, voters)].flatMap(([voter, review]): Review[] => {
    if (standing === undefined || review.state !== "approved" || review.commit !== commits.get(head)) return [];
    const stands = standing.some((vote) => vote.voter === voter && vote.value >= most);
    // No message says when it was taken away, so it never stood.
    return stands ? [] : [{ ...review, id: `${review.id} gone`, state: "dismissed" }];
  });
  // All messages came in one answer, so it is the whole list.
  return [...reviews, ...gone, { kind: "review-page", ...place, page: 1, last: true }];
}

/** The last vote in each voter's name. */
function lastOf(reviews: readonly Review[], voters: ReadonlyMap<Review, string>): Map<string, Review> {
  return new Map(reviews.map((review) => [voters.get(review) ?? "", review]));
}

/**
 * Whose votes a message takes away; it is written in the name of who took them. Older versions of Gerrit name a person
 * as `Ada <ada@northwind.example>`, newer ones by the account's id. An empty name is one that nothing resolves.
 */
function removedFrom({ message, accounts_in_message: accounts = [] }: Message): string[] {
  return [...message.matchAll(removed)].map(([, who = ""]) => {
    const [, id] = /^<GERRIT_ACCOUNT_(\d+)>$/.exec(who) ?? [];
    if (id !== undefined) return accounts.find((account) => account.id === Number(id))?.login ?? "";
    return /<([^<>\s]+@[^<>\s]+)>$/.exec(who)?.[1] ?? "";
  });
}

function stateOf(message: string, most: number): Review["state"] | null {
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
