import type { Directory } from "./directory.ts";
import type { Materials, Requested } from "./github-pulls.ts";
import { commitOf } from "./github-pulls.ts";
import { repositoryPage, repositoryUrl } from "./github-repository.ts";
import { type GithubUser, githubUser, nodeId, webFlow } from "./github-users.ts";
import { zuluTime } from "./moments.ts";
import type { CommitSignature, PlannedCommit } from "./planned.ts";

export type GithubCommit = ReturnType<typeof githubCommit>;

/** GET /repos/{o}/{r}/pulls/{n}/commits (schema `commit`), oldest first. */
export function githubCommits(materials: Materials, { request }: Requested): GithubCommit[] {
  return request.commits.map((commit) => githubCommit(materials, commit));
}

/** One commit (schema `commit`). */
export function githubCommit(materials: Materials, commit: PlannedCommit) {
  const { directory } = materials;
  const made = commitOf(materials, commit.key);
  const url = `${repositoryUrl(materials.story)}/commits/${made.id}`;
  const page = `${repositoryPage(materials.story)}/commit/${made.id}`;
  const { tree, message, verification } = gitPart(materials, commit);
  return {
    sha: made.id,
    node_id: nodeId("C", made.id),
    commit: {
      author: writtenBy(commit.author),
      committer: writtenBy(commit.committer),
      message,
      tree,
      url: `${repositoryUrl(materials.story)}/git/commits/${made.id}`,
      comment_count: 0,
      verification,
    },
    url,
    html_url: page,
    comments_url: `${url}/comments`,
    author: accountOf(directory, commit.author.email),
    committer: accountOf(directory, commit.committer.email),
    parents: made.parents.map((sha) => parentOf(materials, sha)),
  };
}

/** The parts that commit records and timeline events share. */
export function gitPart(materials: Materials, commit: PlannedCommit) {
  const { tree } = commitOf(materials, commit.key);
  return {
    message: commit.message,
    tree: { sha: tree, url: `${repositoryUrl(materials.story)}/git/trees/${tree}` },
    verification: { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null },
  };
}

/** The author's own words and clock, as git stores them. */
export function writtenBy({ name, email, at }: CommitSignature) {
  return { name, email, date: zuluTime(at) };
}

export function parentOf({ story }: Materials, sha: string) {
  return {
    sha,
    url: `${repositoryUrl(story)}/commits/${sha}`,
    html_url: `${repositoryPage(story)}/commit/${sha}`,
  };
}

/** The account that the host ties to an address; null where it knows none. */
function accountOf(directory: Directory, email: string): GithubUser | null {
  if (email === "noreply@github.com") return webFlow;
  const identity = directory.ofEmail(email);
  return identity && githubUser(identity);
}
