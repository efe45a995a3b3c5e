import type { Fact, ReadFacts } from "../../model/facts.ts";
import { readRequestAddress } from "../../model/request-address.ts";
import type { Review } from "../../model/request-facts.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { type ElementReader, originOf, parseShape, readElements, unreadWhole } from "../json-evidence.ts";
import { List, ReviewShape } from "./github-shapes.ts";

export const reviewStates = new Map<string, Review["state"]>([
  ["approved", "approved"],
  ["changes_requested", "changes-requested"],
  ["commented", "commented"],
  ["dismissed", "dismissed"],
  ["pending", "pending"],
]);

/** What the host calls an account that it gives no right to approve. */
const withoutRight = new Set(["NONE", "FIRST_TIMER", "FIRST_TIME_CONTRIBUTOR", "MANNEQUIN"]);

/**
 * One page of a request's reviews, and the page itself as a fact. A page with a review that cannot be read is no
 * whole page: the unread one could be an objection, so the page must not vouch for the list.
 */
export function readReviewPage(input: EvidenceInput, repository: string, json: unknown): ReadFacts {
  const list = parseShape(List, json);
  if ("reason" in list) return unreadWhole(input, list);
  const address = readRequestAddress(input.locator);
  const request = address?.list === "reviews" ? address.number : requestOf(list.data[0]);
  if (request === null) {
    return unreadWhole(input, { reason: "neither the reviews nor the name of the record say which request this is" });
  }
  const { facts, unread } = readElements(input, list.data, "", reviewReader(repository, request));
  if (unread.length > 0) return { facts, unread };
  const page: Fact = {
    kind: "review-page",
    origin: originOf(input, ""),
    repository,
    request,
    page: address?.page ?? 1,
    last: list.data.length < (address?.perPage ?? 30),
  };
  return { facts: [...facts, page], unread };
}

export function reviewReader(repository: string, request: number): ElementReader {
  return (element, origin) => {
    const parsed = parseShape(ReviewShape, element);
    if ("reason" in parsed) return parsed;
    const review = parsed.data;
    const state = reviewStates.get(review.state.toLowerCase());
    if (state === undefined) return { reason: `state: "${review.state}" is no state of a review` };
    const named = requestOf(element);
    if (named !== null && named !== request) return { reason: `pull_request_url: of request ${named}, not ${request}` };
    // A draft that its author has not submitted: shown to nobody else, and not given to anybody.
    if (!review.submitted_at && state === "pending") return [];
    if (!review.submitted_at) return { reason: "submitted_at: missing" };
    return [
      {
        kind: "review",
        origin,
        repository,
        request,
        id: String(review.id),
        reviewer: review.user.login,
        reviewerType: review.user.type,
        state,
        at: review.submitted_at,
        commit: review.commit_id,
        mayApprove: !withoutRight.has(review.author_association ?? ""),
      },
    ];
  };
}

function requestOf(element: unknown): number | null {
  const parsed = parseShape(ReviewShape.pick({ pull_request_url: true }), element);
  if ("reason" in parsed) return null;
  const match = /\/pulls\/([1-9]\d{0,8})$/.exec(parsed.data.pull_request_url ?? "");
  return match === null ? null : Number(match[1]);
}
