import type { Identity } from "./directory.ts";

export const apiUrl = "https://api.github.com";
export const siteUrl = "https://github.com";

/** An account as GitHub puts it into every record (schema `simple-user`). */
export type GithubUser = ReturnType<typeof githubUser>;

export function githubUser(identity: Pick<Identity, "login" | "accountId" | "bot">) {
  const { login, accountId, bot } = identity;
  if (login === null) throw new Error("Somebody without an account on the code host cannot be in its records.");
  return accountRecord(login, accountId, bot ? "Bot" : "User");
}

/** The organisation that owns the repository. */
export function githubOwner(login: string): GithubUser {
  return accountRecord(login, 900_100_000, "Organization");
}

/** GitHub itself, as the committer of what its merge button makes. */
export const webFlow = accountRecord("web-flow", 19_864_447, "User");

function accountRecord(login: string, id: number, type: "User" | "Bot" | "Organization") {
  const url = `${apiUrl}/users/${encodeURIComponent(login)}`;
  const page = type === "Bot" ? `${siteUrl}/apps/${login.replace("[bot]", "")}` : `${siteUrl}/${login}`;
  return {
    login,
    id,
    node_id: nodeId("U", id),
    avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
    gravatar_id: "",
    url,
    html_url: page,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    user_view_type: "public",
    site_admin: false,
  };
}

/** GitHub's second kind of id, opaque to everybody but GitHub. */
export function nodeId(kind: string, id: number | string): string {
  return `${kind}_${Buffer.from(`${kind}:${id}`).toString("base64url")}`;
}
