import { zuluTime } from "./moments.ts";
import type { HostDeployment, Story } from "./story-schema.ts";

/** Who GitHub says made what a workflow run deployed. */
const creator = { login: "github-actions[bot]", id: 41898282, type: "Bot" };

/**
 * The host's list of a repository's deployments, and how each ended: recorded answers of GitHub, one a file.
 * @param commits ids by their names in the story
 * @returns name of each file without its folder → content
 */
export function hostDeployments(
  { repository: { owner, releaseBranch } }: Story,
  repository: string,
  deployments: readonly HostDeployment[],
  commits: ReadonlyMap<string, string>,
): Map<string, string> {
  const address = `https://api.github.com/repos/${owner}/${repository}/deployments`;
  const listed = deployments.map(({ id, commit, environment, at }) => ({
    ...{ id, sha: commits.get(commit) ?? "", ref: releaseBranch, task: "deploy", environment, creator },
    ...{ created_at: zuluTime(at - 180), statuses_url: `${address}/${id}/statuses` },
  }));
  const statuses = deployments.map(({ id, environment, at, state }) => {
    const ended = { id: id * 10, state, environment, creator, created_at: zuluTime(at) };
    return [`${id}-statuses`, [{ ...ended, deployment_url: `${address}/${id}`, target_url: "", log_url: "" }]] as const;
  });
  return new Map(
    [["list", listed] as const, ...statuses].map(([name, body]) => [
      `deployments-${name}.json`,
      `${JSON.stringify(body, null, 2)}\n`,
    ]),
  );
}
