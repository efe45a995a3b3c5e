import { faultOf, TickmarkError } from "../../../shared/errors.ts";
import type { ConnectionTest } from "../../../shared/model/pull.ts";
import type { JsonAnswer } from "../http/attempt.ts";
import { parseAnswer } from "../http/json-client.ts";
import { isUnencrypted } from "../http/public-url.ts";
import { wantedBranches } from "../wanted-branches.ts";
import type { GithubClient } from "./github-client.ts";
import { Account, Repository } from "./github-shapes.ts";

/** Who asks, as GitHub knows the account, and with what rights. */
export interface GithubIdentity extends ConnectionTest {
  readonly answers: readonly JsonAnswer[];
}

export async function askIdentity(client: GithubClient): Promise<GithubIdentity> {
  const notes: string[] = [];
  const answers: JsonAnswer[] = [];
  let identity = "";
  try {
    const user = await client.get("user");
    identity = parseAnswer(Account, user).login;
    answers.push(user);
  } catch (thrown) {
    // An app's installation token has no user behind it; GitHub forbids it the question.
    if (faultOf(thrown).code !== "http-forbidden") throw thrown;
    notes.push("GitHub does not tell whom the token belongs to; it is probably that of an app.");
  }
  const answer = await client.getOfRepository("");
  answers.push(answer);
  const repository = parseAnswer(Repository, answer);
  if (answer.redirectedTo !== null) {
    notes.push(`The repository was renamed; GitHub now calls it ${repository.full_name}.`);
  }
  if (isUnencrypted(client.baseUrl)) {
    notes.push(
      `The answers of ${client.baseUrl.host} came without encryption, so they could have been changed on the way.`,
    );
  }
  const scopes = scopesOf(answers);
  return {
    identity,
    access: describeAccess(scopes, repository),
    canWrite: canWrite(scopes, repository),
    notes,
    answers,
  };
}

/**
 * An unknown branch would look like a repository without a single change request: an empty list must not pass for that.
 * Which branches fit a pattern is seen in the requests, so then nothing is asked.
 */
export async function checkBranch(client: GithubClient, project: string, releaseBranch: string): Promise<void> {
  const { only: branch } = wantedBranches(releaseBranch);
  if (branch === null) return;
  try {
    await client.getOfRepository(`branches/${encodeURIComponent(branch)}`);
  } catch (thrown) {
    if (faultOf(thrown).code !== "http-not-found") throw thrown;
    throw new TickmarkError(
      "source-invalid",
      `${project} has no branch "${branch}", so no request can have been merged into it.`,
      "Give the release branch as the host names it.",
      { cause: thrown },
    );
  }
}

/** Scopes of a classic token; null for kinds of token that have none. */
function scopesOf(answers: readonly JsonAnswer[]): string[] | null {
  const header = answers.map((answer) => answer.headers.get("x-oauth-scopes")).find((value) => value !== null);
  if (header === undefined || header === null) return null;
  return header
    .split(",")
    .map((scope) => scope.trim())
    .filter((scope) => scope !== "");
}

function describeAccess(scopes: readonly string[] | null, { permissions }: Repository): string {
  const granted = Object.entries(permissions ?? {}).flatMap(([name, yes]) => (yes ? [name] : []));
  const rights = permissions === undefined ? "not told" : granted.sort().join(", ") || "none";
  const tokenScopes = scopes === null ? "not told" : scopes.join(", ") || "none";
  return `token scopes: ${tokenScopes}; rights on the repository: ${rights}`;
}

function canWrite(scopes: readonly string[] | null, { permissions }: Repository): boolean | null {
  const mayToken = scopes === null || scopes.some((scope) => scope === "repo" || scope === "public_repo");
  if (!mayToken) return false;
  if (permissions === undefined) return null;
  return permissions.push === true || permissions.maintain === true || permissions.admin === true;
}
