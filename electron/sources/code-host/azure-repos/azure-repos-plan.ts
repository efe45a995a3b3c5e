import { z } from "zod";
import type { SourceOf } from "../../../../shared/model/source.ts";
import { wantedBranches } from "../../wanted-branches.ts";
import { basic, connectHost } from "../walk/client.ts";
import type { HostConnection } from "../walk/host-driver.ts";
import type { HostList, HostPlan, Stage } from "../walk/host-plan.ts";
import { skippedPages, tokenPages } from "../walk/pages.ts";
import { isInWindow, parseRow, Time } from "../walk/row.ts";
import { askAzureIdentity } from "./azure-repos-identity.ts";

const version = { "api-version": "7.1" };
const Row = z.object({
  pullRequestId: z.number().int().positive(),
  closedDate: Time.optional(),
  creationDate: Time,
  targetRefName: z.string(),
});
const Policy = z.object({ id: z.number().int() });

/**
 * What is asked of a repository of Azure DevOps: learn.microsoft.com/rest/api/azure/devops/git. Servers before 7.1 pass
 * over the filter by time, so the cut is made here in any case; no list names a total of all its pages.
 */
export function planAzureRepos(source: SourceOf<"azure-repos">, connection: HostConnection): HostPlan {
  const { window, context } = connection;
  // A personal access token goes in place of a password, with any user name.
  const client = connectHost(connection, source.organisationUrl, source, basic("", context.readSecret(source.token)));
  const project = encodeURIComponent(source.azureProject);
  const repository = `${project}/_apis/git/repositories/${encodeURIComponent(source.azureRepository)}`;
  const branches = wantedBranches(source.releaseBranch);
  let repositoryId = "";
  return {
    client,
    branches,
    endpoint: `Azure DevOps REST API at ${source.organisationUrl}, repository ${source.azureProject}/${source.azureRepository}`,
    query:
      `Pull requests completed into ${branches.words} from ${window.from} to ${window.to}, each with threads (votes and ` +
      "comments), iterations and commits; branch policies as they stand.",
    otherFormat: "azure-repos.other",
    async identify() {
      const who = await askAzureIdentity(client, repository, branches, version);
      repositoryId = who.repositoryId;
      return who;
    },
    stages: [
      pullRequests(repository, source, connection),
      policies(() =>
        tokenPages(`${project}/_apis/git/policy/configurations`, "azure-repos.policies", {
          ...version,
          repositoryId,
          ...(branches.only === null ? {} : { refName: `refs/heads/${branches.only}` }),
        }),
      ),
    ],
    covers: [
      { kind: "requests", by: ["pull requests"] },
      { kind: "reviews", by: ["pull requests"] },
      { kind: "events", by: ["pull requests"] },
      { kind: "comments", by: ["pull requests"] },
      { kind: "protection", by: ["branch policies"], snapshot: true },
    ],
    notes: ["Azure DevOps names no total; the list was read to its last page, and once more without anything new."],
  };
}

function pullRequests(repository: string, source: SourceOf<"azure-repos">, { window }: HostConnection): Stage {
  const branches = wantedBranches(source.releaseBranch);
  const row = (element: unknown) => parseRow(Row, element, "pull requests");
  return {
    name: "pull requests",
    list: skippedPages(`${repository}/pullrequests`, "azure-repos.pull-requests", {
      ...version,
      "searchCriteria.status": "completed",
      ...(branches.only === null ? {} : { "searchCriteria.targetRefName": `refs/heads/${branches.only}` }),
      "searchCriteria.queryTimeRangeType": "closed",
      "searchCriteria.minTime": window.from,
      "searchCriteria.maxTime": window.to,
    }),
    keys: "number",
    key: (element) => String(row(element).pullRequestId),
    isWanted(element) {
      const { targetRefName, closedDate, creationDate } = row(element);
      return branches.fits(targetRefName) && isInWindow(window, closedDate ?? creationDate);
    },
    async details(id, ask) {
      const request = `${repository}/pullRequests/${id}`;
      await ask.one(request, "azure-repos.pull-request", version);
      await ask.all("threads", tokenPages(`${request}/threads`, "azure-repos.threads", version));
      await ask.all("iterations", tokenPages(`${request}/iterations`, "azure-repos.iterations", version));
      await ask.all(
        "commits of pull requests",
        tokenPages(`${request}/commits`, "azure-repos.commits", { ...version, $top: 1000 }),
      );
    },
  };
}

/** Policies are asked for by the repository's id, which is known once it was asked who asks. */
function policies(list: () => HostList): Stage {
  return {
    name: "branch policies",
    get list() {
      return list();
    },
    keys: "text",
    key: (element) => String(parseRow(Policy, element, "branch policies").id),
    mayBeRefused: true,
  };
}
