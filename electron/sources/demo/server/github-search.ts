import type { GithubRecords, RequestRecords } from "../github-records.ts";
import { pageOf, rangeOf } from "./github-pages.ts";
import type { Asked, Reply } from "./reply.ts";

/** GET /search/issues, for the qualifiers that an auditor needs. Unknown ones are refused rather than passed over. */
export function searchRequests(github: GithubRecords, asked: Asked): Reply {
  const tests = (asked.query.get("q") ?? "")
    .split(/\s+/)
    .filter((term) => term !== "")
    .map(testOf);
  if (tests.length === 0 || tests.includes(null)) return invalidSearch;
  const known = tests.filter((test) => test !== null);
  const found = github.requests.filter((request) => known.every((test) => test(github, request)));
  return pageOf(asked, found.toReversed(), (page) => ({
    total_count: found.length,
    incomplete_results: false,
    items: page.map(searchItem),
    search_type: "lexical",
  }));
}

type Test = (github: GithubRecords, request: RequestRecords) => boolean;

function testOf(term: string): Test | null {
  const [, qualifier = "", quoted = ""] = /^([a-z]+):(.+)$/.exec(term) ?? [];
  const value = quoted.replace(/^"(.*)"$/, "$1");
  if (qualifier === "repo") return ({ repository }) => repository.full_name.toLowerCase() === value.toLowerCase();
  if (qualifier === "base") return (_, { listed }) => listed.base.ref === value;
  if (qualifier === "author") return (_, { listed }) => listed.user.login === value;
  if (qualifier === "merged" || qualifier === "created" || qualifier === "closed" || qualifier === "updated") {
    const isIn = rangeOf(value);
    return (_, { listed }) => isIn(listed[`${qualifier}_at`] ?? "");
  }
  if (term === "is:pr" || term === "type:pr") return () => true;
  if (term === "is:merged") return (_, { listed }) => listed.merged_at !== null;
  if (term === "is:unmerged") return (_, { listed }) => listed.merged_at === null;
  if (term === "is:open" || term === "is:closed") return (_, { listed }) => `is:${listed.state}` === term;
  return null;
}

const invalidSearch: Reply = {
  status: 422,
  body: {
    message: "Validation Failed",
    errors: [
      { message: "The search is not one that this server can do.", resource: "Search", field: "q", code: "invalid" },
    ],
    documentation_url: "https://docs.github.com/v3/search/",
    status: "422",
  },
};

/** A request as search shows it (schema `issue-search-result-item`). */
function searchItem({ listed }: RequestRecords) {
  const { issue_url: url, html_url: page, number, state, title, user, labels, locked } = listed;
  return {
    url,
    repository_url: url.replace(/\/issues\/\d+$/, ""),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: page,
    id: listed.id,
    node_id: listed.node_id,
    number,
    title,
    user,
    labels,
    state,
    locked,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: 0,
    created_at: listed.created_at,
    updated_at: listed.updated_at,
    closed_at: listed.closed_at,
    author_association: listed.author_association,
    active_lock_reason: null,
    draft: false,
    pull_request: {
      url: listed.url,
      html_url: page,
      diff_url: listed.diff_url,
      patch_url: listed.patch_url,
      merged_at: listed.merged_at,
    },
    body: listed.body,
    timeline_url: `${url}/timeline`,
    performed_via_github_app: null,
    state_reason: null,
    score: 1,
  };
}
