import type { Build } from "../../model/build-facts.ts";
import type { Fact } from "../../model/facts.ts";
import { type HostElementReader, shaped } from "../code-host/host-pages.ts";
import { conclusionOf } from "./build-reader.ts";
import { CheckRunShape, StatusShape } from "./github-shapes.ts";

/**
 * One check on a commit, of GitHub Actions or of any other app, as a build with one job. It is known by the check's id,
 * so a job of Actions that is there as such besides is not taken for the same.
 */
export const checkRunReader: HostElementReader = ({ repository }) =>
  shaped(CheckRunShape, (check, _element, origin): readonly Fact[] | { reason: string } => {
    const startedAt = check.started_at ?? check.completed_at;
    if (startedAt === null) return { reason: "started_at: the check says neither when it began nor when it ended" };
    const completed = check.status === "completed";
    const conclusion = conclusionOf(check.conclusion);
    const id = `check ${check.id}`;
    const times = { startedAt, finishedAt: completed ? check.completed_at : null };
    const common = { origin, repository, attempt: 1, completed, conclusion, ...times };
    const build = { kind: "build", ...common, id, workflow: check.name, event: "check", branch: "" } as const;
    return [
      { ...build, commit: check.head_sha, actor: check.app, url: check.html_url },
      { kind: "build-job", ...common, build: id, id, name: check.name },
    ];
  });

const states = new Map<string, Build["conclusion"]>([
  ["success", "success"],
  ["failure", "failure"],
  ["error", "failure"],
]);

/** A status that somebody set on a commit: the older way in which CI servers report. */
export const statusReader: HostElementReader = ({ repository }) =>
  shaped(StatusShape, (status, _element, origin) => {
    const conclusion = states.get(status.state);
    const commit = status.sha ?? /\/statuses\/([0-9a-f]{40}(?:[0-9a-f]{24})?)$/.exec(status.url)?.[1];
    if (commit === undefined) return { reason: "sha: the status names no commit" };
    return [
      {
        kind: "build",
        origin,
        repository,
        id: `status ${status.id}`,
        workflow: status.context,
        event: "status",
        branch: "",
        commit,
        attempt: 1,
        completed: conclusion !== undefined,
        conclusion: conclusion ?? "unknown",
        startedAt: status.created_at,
        finishedAt: conclusion === undefined ? null : (status.updated_at ?? status.created_at),
        actor: status.creator.login,
        url: status.target_url,
      },
    ];
  });
