import { apiUrl, githubOwner, nodeId, siteUrl } from "./github-users.ts";
import { zuluTime } from "./moments.ts";
import type { Story } from "./story-schema.ts";

/** Addresses under which GitHub gives a repository's parts. */
const repositoryPaths = {
  forks_url: "/forks",
  keys_url: "/keys{/key_id}",
  collaborators_url: "/collaborators{/collaborator}",
  teams_url: "/teams",
  hooks_url: "/hooks",
  issue_events_url: "/issues/events{/number}",
  events_url: "/events",
  assignees_url: "/assignees{/user}",
  branches_url: "/branches{/branch}",
  tags_url: "/tags",
  blobs_url: "/git/blobs{/sha}",
  git_tags_url: "/git/tags{/sha}",
  git_refs_url: "/git/refs{/sha}",
  trees_url: "/git/trees{/sha}",
  statuses_url: "/statuses/{sha}",
  languages_url: "/languages",
  stargazers_url: "/stargazers",
  contributors_url: "/contributors",
  subscribers_url: "/subscribers",
  subscription_url: "/subscription",
  commits_url: "/commits{/sha}",
  git_commits_url: "/git/commits{/sha}",
  comments_url: "/comments{/number}",
  issue_comment_url: "/issues/comments{/number}",
  contents_url: "/contents/{+path}",
  compare_url: "/compare/{base}...{head}",
  merges_url: "/merges",
  archive_url: "/{archive_format}{/ref}",
  downloads_url: "/downloads",
  issues_url: "/issues{/number}",
  pulls_url: "/pulls{/number}",
  milestones_url: "/milestones{/number}",
  notifications_url: "/notifications{?since,all,participating}",
  labels_url: "/labels{/name}",
  releases_url: "/releases{/id}",
  deployments_url: "/deployments",
} as const;

/** `https://api.github.com/repos/northwind/ledger-core` */
export function repositoryUrl(story: Story): string {
  return `${apiUrl}/repos/${story.repository.owner}/${story.repository.name}`;
}

/** `https://github.com/northwind/ledger-core` */
export function repositoryPage(story: Story): string {
  return `${siteUrl}/${story.repository.owner}/${story.repository.name}`;
}

/** The repository as runs name it (schema `minimal-repository`). */
export function minimalRepository(story: Story) {
  const { owner, name, id } = story.repository;
  const url = repositoryUrl(story);
  const paths = Object.fromEntries(Object.entries(repositoryPaths).map(([key, path]) => [key, url + path]));
  return {
    id,
    node_id: nodeId("R", id),
    name,
    full_name: `${owner}/${name}`,
    private: true,
    owner: githubOwner(owner),
    html_url: repositoryPage(story),
    description: "The general ledger",
    fork: false,
    url,
    ...(paths as Record<keyof typeof repositoryPaths, string>),
  };
}

/** The repository as requests name it (schema `repository`). */
export function githubRepository(story: Story) {
  const { owner, name, releaseBranch, startedAt } = story.repository;
  const last = Math.max(...story.changes.map((change) => change.at));
  const open = story.changes.filter((change) => change.how === "open").length;
  return {
    ...minimalRepository(story),
    created_at: zuluTime(startedAt - 86_400),
    updated_at: zuluTime(last),
    pushed_at: zuluTime(last),
    git_url: `git://github.com/${owner}/${name}.git`,
    ssh_url: `git@github.com:${owner}/${name}.git`,
    clone_url: `${repositoryPage(story)}.git`,
    svn_url: repositoryPage(story),
    homepage: null,
    size: 412,
    stargazers_count: 0,
    watchers_count: 0,
    language: "Java",
    has_issues: false,
    has_projects: false,
    has_downloads: true,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: false,
    disabled: false,
    open_issues_count: open,
    license: null,
    allow_forking: false,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: "private",
    forks: 0,
    open_issues: open,
    watchers: 0,
    default_branch: releaseBranch,
  };
}

/** The answer to GET /repos/{owner}/{repo} for the auditor's account, which may read (schema `full-repository`). */
export function fullRepository(story: Story) {
  return {
    ...githubRepository(story),
    permissions: { admin: false, maintain: false, push: false, triage: false, pull: true },
    temp_clone_token: "",
    allow_squash_merge: true,
    allow_merge_commit: true,
    allow_rebase_merge: true,
    allow_auto_merge: false,
    delete_branch_on_merge: false,
    organization: githubOwner(story.repository.owner),
    network_count: 0,
    subscribers_count: 3,
  };
}

/** The rules on the release branch as they are set today (schema `branch-protection`). They do not bind administrators. */
export function branchProtection(story: Story) {
  const url = `${repositoryUrl(story)}/branches/${story.repository.releaseBranch}/protection`;
  return {
    url,
    required_status_checks: {
      url: `${url}/required_status_checks`,
      strict: false,
      contexts: ["build"],
      contexts_url: `${url}/required_status_checks/contexts`,
      checks: [{ context: "build", app_id: 15368 }],
    },
    required_pull_request_reviews: {
      url: `${url}/required_pull_request_reviews`,
      dismiss_stale_reviews: false,
      require_code_owner_reviews: false,
      require_last_push_approval: false,
      required_approving_review_count: 0,
    },
    required_signatures: { url: `${url}/required_signatures`, enabled: false },
    enforce_admins: { url: `${url}/enforce_admins`, enabled: false },
    required_linear_history: { enabled: false },
    allow_force_pushes: { enabled: false },
    allow_deletions: { enabled: false },
    block_creations: { enabled: false },
    required_conversation_resolution: { enabled: false },
    lock_branch: { enabled: false },
    allow_fork_syncing: { enabled: false },
  };
}
