import { z } from "zod";
import type { EvidenceFormat } from "../../../../shared/model/evidence.ts";
import type { SourceOf } from "../../../../shared/model/source.ts";
import { secondsOf } from "../../audit-window.ts";
import type { JsonClient } from "../../http/json-client.ts";
import { wantedBranches } from "../../wanted-branches.ts";
import { basic, connectHost } from "../walk/client.ts";
import type { HostConnection } from "../walk/host-driver.ts";
import type { HostPlan, Stage } from "../walk/host-plan.ts";
import { linkedPages } from "../walk/pages.ts";
import { parseRow, Time } from "../walk/row.ts";
import { askBitbucketIdentity } from "./bitbucket-identity.ts";

const perPage = 50; // The most that Bitbucket gives of pull requests.
const Request = z.object({
  id: z.number().int().positive(),
  created_on: Time,
  updated_on: Time,
  destination: z.object({ branch: z.object({ name: z.string() }) }),
});
const Identified = z.object({ uuid: z.string() });
const Restriction = z.object({ id: z.union([z.number(), z.string()]) });

/**
 * What is asked of a repository of Bitbucket Cloud: developer.atlassian.com/cloud/bitbucket/rest. A pull request does
 * not say when it was merged; its activity does, so the exact cut by the period is made when it is read.
 */
export function planBitbucket(source: SourceOf<"bitbucket">, connection: HostConnection): HostPlan {
  const { window, context } = connection;
  const secret = context.readSecret(source.token);
  const authorization = source.user === undefined ? `Bearer ${secret}` : basic(source.user, secret);
  const client = connectHost(connection, source.apiUrl, source, authorization);
  const repository = `repositories/${source.project.split("/").map(encodeURIComponent).join("/")}`;
  const branches = wantedBranches(source.releaseBranch);
  return {
    client,
    branches,
    endpoint: `Bitbucket Cloud REST API at ${source.apiUrl}, repository ${source.project}`,
    query:
      `Pull requests merged into ${branches.words}, updated from ${window.from} on and created before ${window.to}, in ` +
      "order of creation, each with activity, commits and statuses; deployments of the same time; branch restrictions as they stand.",
    otherFormat: "bitbucket.other",
    identify: () => askBitbucketIdentity(client, repository, branches),
    stages: [
      pullRequests(client, repository, source, connection),
      deployments(client, repository),
      restrictions(client, repository),
    ],
    covers: [
      { kind: "requests", by: ["pull requests"] },
      { kind: "reviews", by: ["pull requests"] },
      { kind: "events", by: ["pull requests"] },
      { kind: "comments", by: ["pull requests"] },
      { kind: "builds", by: ["pull requests", "statuses of pull requests"] },
      { kind: "deployments", by: ["deployments"] },
      { kind: "protection", by: ["branch restrictions"], snapshot: true },
    ],
    notes: [],
  };
}

function pullRequests(
  client: JsonClient,
  repository: string,
  { releaseBranch }: SourceOf<"bitbucket">,
  { window }: HostConnection,
): Stage {
  const row = (element: unknown) => parseRow(Request, element, "pull requests");
  const since = secondsOf(window.from).replace("Z", "+00:00");
  const branches = wantedBranches(releaseBranch);
  const into = branches.only === null ? "" : ` AND destination.branch.name = "${branches.only}"`;
  return {
    name: "pull requests",
    list: linkedPages(client, `${repository}/pullrequests`, "bitbucket.pull-requests", {
      state: "MERGED",
      q: `state = "MERGED"${into} AND updated_on >= ${since}`,
      sort: "created_on",
      pagelen: perPage,
    }),
    keys: "number",
    key: (element) => String(row(element).id),
    isWanted(element) {
      const { updated_on: updated, created_on: created, destination } = row(element);
      return branches.fits(destination.branch.name) && updated >= window.from && created < window.to;
    },
    async details(id, ask) {
      const request = `${repository}/pullrequests/${id}`;
      const all = (name: string, path: string, format: EvidenceFormat) =>
        ask.all(name, linkedPages(client, `${request}/${path}`, format, { pagelen: perPage }));
      await ask.one(request, "bitbucket.pull-request");
      await all("activity", "activity", "bitbucket.activity");
      await all("commits of pull requests", "commits", "bitbucket.commits");
      await ask.ifReadable("statuses of pull requests", () => all("statuses", "statuses", "bitbucket.statuses"));
    },
  };
}

function deployments(client: JsonClient, repository: string): Stage {
  return {
    name: "deployments",
    list: linkedPages(client, `${repository}/deployments/`, "bitbucket.deployments", {
      pagelen: 100,
      // Without asking for it an environment comes by its id only, and nobody could tell production from it.
      fields: "+values.environment.name,+values.environment.slug",
    }),
    keys: "text",
    key: (element) => parseRow(Identified, element, "deployments").uuid,
    mayBeRefused: true,
  };
}

function restrictions(client: JsonClient, repository: string): Stage {
  return {
    name: "branch restrictions",
    list: linkedPages(client, `${repository}/branch-restrictions`, "bitbucket.restrictions", { pagelen: 100 }),
    keys: "text",
    key: (element) => String(parseRow(Restriction, element, "branch restrictions").id),
    mayBeRefused: true,
  };
}
