import type { Materials, Requested } from "./github-pulls.ts";
export type GithubComment = ReturnType<typeof githubComments>[number];
/** GET /repos/{o}/{r}/pulls/{n}/comments (schema `pull-request-review-comment`), oldest first. */
export declare function githubComments(
  materials: Materials,
  { request, story }: Requested,
): {
  url: string;
  pull_request_review_id: null;
  id: number;
  node_id: string;
  diff_hunk: string;
  path: string;
  commit_id: string;
  original_commit_id: string;
  user: {
    login: string;
    id: number;
    node_id: string;
    avatar_url: string;
    gravatar_id: string;
    url: string;
    html_url: string;
    followers_url: string;
    following_url: string;
    gists_url: string;
    starred_url: string;
    subscriptions_url: string;
    organizations_url: string;
    repos_url: string;
    events_url: string;
    received_events_url: string;
    type: "Bot" | "Organization" | "User";
    user_view_type: string;
    site_admin: boolean;
  };
  body: string;
  created_at: string;
  updated_at: string;
  html_url: string;
  pull_request_url: string;
  author_association: "COLLABORATOR" | "CONTRIBUTOR" | "MEMBER" | "NONE";
  _links: {
    self: {
      href: string;
    };
    html: {
      href: string;
    };
    pull_request: {
      href: string;
    };
  };
  line: number;
  original_line: number;
  side: string;
  position: number;
  original_position: number;
  subject_type: string;
}[];
