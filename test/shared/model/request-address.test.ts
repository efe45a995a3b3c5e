import { expect, it } from "vitest";
import { readRequestAddress } from "../../../shared/model/request-address.ts";

it.each([
  ["https://api.github.com/repos/o/r/pulls/12/reviews?per_page=100&page=2", 12, "reviews", 2, 100],
  ["https://api.github.com/repositories/7/pulls/12/commits?page=3&per_page=50", 12, "commits", 3, 50],
  ["https://api.github.com/repos/o/r/pulls/12/reviews", 12, "reviews", 1, 30],
  ["export/github/pulls-123-reviews.json", 123, "reviews", 1, 30],
  ["export/pulls-123-reviews-page-2.json", 123, "reviews", 2, 30],
  ["export/pulls/123/commits.json", 123, "commits", 1, 30],
  ["pull_9_reviews_page_4.json", 9, "reviews", 4, 30],
  ["https://api.github.com/repos/pulls/1-reviews/pulls/5/reviews", 5, "reviews", 1, 30],
] as const)("%s is of request %i", (locator, number, list, page, perPage) => {
  expect(readRequestAddress(locator)).toEqual({ number, list, page, perPage });
});

it.each([
  "https://api.github.com/repos/o/r/pulls/12",
  "https://api.github.com/repos/o/r/pulls?page=2",
  "pulls-0-reviews.json",
  "reviews.json",
  "pulls-12-reviewsandmore.json",
  "mypulls-12-reviews.json",
])("%s names no request with one of its lists", (locator) => {
  expect(readRequestAddress(locator)).toBeNull();
});
