import type { DemoFiles } from "./export-files.ts";
import { zuluTime } from "./moments.ts";
import type { Story } from "./story-schema.ts";

/** Who GitHub says made what a workflow run deployed. */
const creator = { login: "github-actions[bot]", id: 41898282, type: "Bot" };

/** The host's list of the second code base's deployments, and how each ended: recorded answers of GitHub, one a file. */
export function archivedDeployments(story: Story, commits: ReadonlyMap<string, string>): DemoFiles {
  const { repository, deployments } = story.archive;
  const address = `https://api.github.com/repos/${story.repository.owner}/${repository}/deployments`;
  const listed = deployments.map(({ id, commit, environment, at }) => ({
    ...{
      id,
      sha: commits.get(commit) ?? "",
      ref: story.repository.releaseBranch,
      task: "deploy",
      environment,
      creator,
    },
    ...{ created_at: zuluTime(at - 180), statuses_url: `${address}/${id}/statuses` },
  }));
  const statuses = deployments.map(({ id, environment, at, state }) => {
    const ended = { id: id * 10, state, environment, creator, created_at: zuluTime(at) };
    return [`${id}-statuses`, [{ ...ended, deployment_url: `${address}/${id}`, target_url: "", log_url: "" }]] as const;
  });
  return new Map(
    [["list", listed] as const, ...statuses].map(([name, body]) => [
      `export/batch-deployments/deployments-${name}.json`,
      `${JSON.stringify(body, null, 2)}\n`,
    ]),
  );
}
