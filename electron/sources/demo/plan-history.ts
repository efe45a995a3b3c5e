import type { Directory, Identity } from "./directory.ts";
import { noReplyOf } from "./directory.ts";
import { type Drafted, draftBranch } from "./plan-commits.ts";
import { planReviews } from "./plan-reviews.ts";
import type { CommitSignature, PlannedChange, PlannedCommit, PlannedHistory, PlannedRequest } from "./planned.ts";
import { hexOf } from "./spread.ts";
import type { Story, StoryChange } from "./story-schema.ts";

/** What came by a request of the code host. */
const byRequest: ReadonlySet<StoryChange["how"]> = new Set(["merge", "squash", "rebase", "closed", "open"]);

/** Decides everything that the story leaves open: who, when, which number, which message. */
export function planHistory(story: Story, directory: Directory): PlannedHistory {
  const drafts = new Map(story.changes.map((change) => [change.id, draftBranch(change, directory)]));
  const numbers = numberRequests(story, drafts);
  return story.changes.map((change) => planChange(story, directory, change, mustGet(drafts, change.id), numbers));
}

/** The host numbers requests as they are opened. */
function numberRequests(story: Story, drafts: ReadonlyMap<string, Drafted>): Map<string, number> {
  const opened = story.changes
    .filter((change) => byRequest.has(change.how))
    .toSorted((a, b) => mustGet(drafts, a.id).openedAt - mustGet(drafts, b.id).openedAt);
  return new Map(opened.map((change, index) => [change.id, story.repository.firstRequest + index]));
}

function planChange(
  story: Story,
  directory: Directory,
  change: StoryChange,
  draft: Drafted,
  numbers: ReadonlyMap<string, number>,
): PlannedChange {
  const fill = (text: string) =>
    text.replace(/\{request:([a-z0-9-]+)\}/g, (_, id: string) => `${mustGet(numbers, id)}`);
  const branch = fill(change.branch ?? usualBranch(change));
  const number = numbers.get(change.id);
  const request = number === undefined ? null : planRequest(directory, change, draft, branch, number);
  const commits = change.how === "push" ? [] : draft.commits;
  const told = change.message === undefined ? undefined : fill(change.message);
  const arrival = planArrival(story, directory, { change, request, commits, branch, told });
  return { story: change, branch, request, commits, arrival };
}

function planRequest(
  directory: Directory,
  change: StoryChange,
  draft: Drafted,
  branch: string,
  number: number,
): PlannedRequest {
  const merged = change.how !== "closed" && change.how !== "open";
  return {
    number,
    title: titleOf(change),
    branch,
    opener: directory.of(change.openedBy ?? change.author),
    openedAt: draft.openedAt,
    closedAt: change.how === "open" ? null : change.at,
    updatedAt: change.at,
    mergedBy: merged ? directory.of(change.mergedBy ?? change.approver ?? change.author) : null,
    commits: draft.commits,
    reviews: planReviews(change, draft, directory),
    lostHead: change.reviews?.some((review) => review.on === "lost") ? hexOf(`${change.id}/lost`, 40) : null,
  };
}

interface ArrivalParts {
  readonly change: StoryChange;
  readonly request: PlannedRequest | null;
  readonly commits: readonly PlannedCommit[];
  readonly branch: string;
  /** The message where the story gives one. */
  readonly told: string | undefined;
}

function planArrival(story: Story, directory: Directory, parts: ArrivalParts): PlannedCommit | null {
  const { change, request, told } = parts;
  const { how, at } = change;
  const author = directory.of(change.author);
  const keyed = change.ticketIn.includes("message") ? titleOf({ ...change, ticketIn: ["title"] }) : change.title;
  const arrive = (by: CommitSignature, committer: CommitSignature, message: string): PlannedCommit => {
    return { key: change.id, author: by, committer, message, pushedAt: at };
  };
  if (how === "push" || how === "local-merge") {
    return arrive(signatureOf(author, at), signatureOf(author, at), told ?? keyed);
  }
  if (request?.mergedBy == null) return null;
  const onHost: CommitSignature = { name: "GitHub", email: "noreply@github.com", at, zone: request.mergedBy.zone };
  const { owner } = story.repository;
  if (how === "merge") {
    const message = `Merge pull request #${request.number} from ${owner}/${request.branch}\n\n${request.title}`;
    return arrive(hostSignatureOf(request.mergedBy, at), onHost, message);
  }
  const first = parts.commits[0];
  if (how === "rebase" && first) return arrive(first.author, signatureOf(request.mergedBy, at), first.message);
  return arrive(hostSignatureOf(author, at), onHost, squashMessage(request));
}

/** The host's default: the title with the number, and below it the commits. */
function squashMessage(request: PlannedRequest): string {
  const subject = `${request.title} (#${request.number})`;
  if (request.commits.length < 2) return subject;
  return `${subject}\n\n${request.commits.map((commit) => `* ${commit.message}`).join("\n\n")}`;
}

function titleOf(change: Pick<StoryChange, "ticket" | "ticketIn" | "title">): string {
  const { ticket, title } = change;
  if (ticket === undefined || !change.ticketIn.includes("title") || title.includes(ticket)) return title;
  return `${ticket} ${title}`;
}

function usualBranch(change: StoryChange): string {
  const keyed = change.ticket !== undefined && change.ticketIn.includes("branch");
  return keyed ? `feature/${change.ticket}-${change.id}` : `feature/${change.id}`;
}

function signatureOf(identity: Identity, at: number): CommitSignature {
  return { name: identity.name, email: identity.email, at, zone: identity.zone };
}

function hostSignatureOf(identity: Identity, at: number): CommitSignature {
  return { ...signatureOf(identity, at), email: identity.bot ? identity.email : noReplyOf(identity) };
}

function mustGet<V>(map: ReadonlyMap<string, V>, id: string): V {
  const value = map.get(id);
  if (value === undefined) throw new Error(`The demo story names ${id}, which is not there.`);
  return value;
}
