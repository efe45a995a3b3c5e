import { z } from "zod";
import { TickmarkError } from "../../../../shared/errors.ts";
import type { EvidenceFormat } from "../../../../shared/model/evidence.ts";
import { instantOf } from "../../../../shared/model/instant.ts";
import type { SourceOf } from "../../../../shared/model/source.ts";
import { wantedBranches } from "../../wanted-branches.ts";
import { connectHost } from "../walk/client.ts";
import type { HostConnection } from "../walk/host-driver.ts";
import type { HostPlan, Stage } from "../walk/host-plan.ts";
import { slicedPages } from "../walk/pages.ts";
import { isInWindow, parseRow } from "../walk/row.ts";
import { askBitbucketServerIdentity } from "./bitbucket-server-identity.ts";

const Row = z.object({
  id: z.number().int().positive(),
  closedDate: z.number().optional(),
  updatedDate: z.number(),
  toRef: z.object({ id: z.string() }),
});
const Heads = z.object({
  fromRef: z.object({ latestCommit: z.string() }),
  properties: z.object({ mergeCommit: z.object({ id: z.string() }).optional() }).optional(),
});
const Restriction = z.object({ id: z.number().int() });

/**
 * What is asked of a repository of Bitbucket Data Center: developer.atlassian.com/server/bitbucket/rest. It filters by
 * state and branch only, so the list is read whole and cut by the closing date here; it names no total.
 */
export function planBitbucketServer(source: SourceOf<"bitbucket-server">, connection: HostConnection): HostPlan {
  const { window, context } = connection;
  const authorization = `Bearer ${context.readSecret(source.token)}`;
  const client = connectHost(connection, source.siteUrl, source, authorization, { refuse: createStrangerCheck() });
  const [key = "", slug = ""] = source.project.split("/").map(encodeURIComponent);
  const place = `projects/${key}/repos/${slug}`;
  const branches = wantedBranches(source.releaseBranch);
  return {
    client,
    branches,
    endpoint: `Bitbucket Data Center REST API at ${source.siteUrl}, repository ${source.project}`,
    query:
      `Pull requests merged into ${branches.words}, oldest first, those closed from ${window.from} to ${window.to}, each ` +
      "with activities, commits and the build statuses of its last and its merge commit; branch permissions as they stand.",
    otherFormat: "bitbucket-server.other",
    identify: () => askBitbucketServerIdentity(client, `rest/api/1.0/${place}`, source.project, branches),
    stages: [pullRequests(`rest/api/1.0/${place}`, source, connection), restrictions(place)],
    covers: [
      { kind: "requests", by: ["pull requests"] },
      { kind: "reviews", by: ["pull requests"] },
      { kind: "events", by: ["pull requests"] },
      { kind: "comments", by: ["pull requests"] },
      { kind: "builds", by: ["pull requests", "build statuses"] },
      { kind: "protection", by: ["branch permissions"], snapshot: true },
    ],
    notes: [
      "Bitbucket Data Center names no total; the list was read to the page marked as the last, and once more without anything new.",
    ],
  };
}

function pullRequests(repository: string, source: SourceOf<"bitbucket-server">, { window }: HostConnection): Stage {
  const branches = wantedBranches(source.releaseBranch);
  const row = (element: unknown) => parseRow(Row, element, "pull requests");
  return {
    name: "pull requests",
    list: slicedPages(`${repository}/pull-requests`, "bitbucket-server.pull-requests", {
      state: "MERGED",
      direction: "INCOMING",
      ...(branches.only === null ? {} : { at: `refs/heads/${branches.only}` }),
      order: "OLDEST",
    }),
    keys: "number",
    key: (element) => String(row(element).id),
    isWanted(element) {
      const { toRef, closedDate, updatedDate } = row(element);
      return branches.fits(toRef.id) && isInWindow(window, instantOf(closedDate ?? updatedDate));
    },
    async details(id, ask) {
      const request = `${repository}/pull-requests/${id}`;
      const all = (name: string, path: string, format: EvidenceFormat) => ask.all(name, slicedPages(path, format));
      const one = await ask.one(request, "bitbucket-server.pull-request");
      await all("activities", `${request}/activities`, "bitbucket-server.activities");
      await all("commits of pull requests", `${request}/commits`, "bitbucket-server.commits");
      const { fromRef, properties } = parseRow(Heads, one.json, "a pull request");
      for (const commit of new Set([fromRef.latestCommit, properties?.mergeCommit?.id ?? fromRef.latestCommit])) {
        const path = `rest/build-status/1.0/commits/${encodeURIComponent(commit)}`;
        await ask.ifReadable("build statuses", () => all("build statuses", path, "bitbucket-server.builds"));
      }
    },
  };
}

function restrictions(place: string): Stage {
  return {
    name: "branch permissions",
    list: slicedPages(`rest/branch-permissions/2.0/${place}/restrictions`, "bitbucket-server.restrictions"),
    keys: "text",
    key: (element) => String(parseRow(Restriction, element, "branch permissions").id),
    mayBeRefused: true,
  };
}

/** A server may answer a token that ran out as it answers a stranger. It names the account in each answer: that must stay. */
function createStrangerCheck() {
  let account: string | null = null;
  return ({ headers }: { readonly headers: Headers }, url: URL): TickmarkError | null => {
    const named = headers.get("x-ausername");
    if (account === null || named === account) {
      account = named;
      return null;
    }
    return new TickmarkError(
      "http-unauthorised",
      `${url.host} did not accept the token any more and answered as to a stranger.`,
      "Check that the token is the right one for this site and has not expired, then pull again.",
    );
  };
}
