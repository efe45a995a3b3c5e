import type { codeHostFormats } from "../../model/formats/code-host-formats.ts";
import { type PageFact, readOne, readPage, requestIn, withPage } from "../code-host/host-pages.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { type FormatReaders, readNothing } from "../format-reader.ts";
import { activityReader } from "./activity-reader.ts";
import { commitReader, deploymentReader, requestReader, statusReader } from "./request-readers.ts";
import { readRestrictions } from "./restriction-reader.ts";

type BitbucketFormat = Extract<(typeof codeHostFormats)[number], `bitbucket.${string}`>;

const words = "pullrequests";

/** Readers of the answers of Bitbucket Cloud's REST API. Times are Bitbucket's own. */
export const bitbucketReaders: FormatReaders<BitbucketFormat> = {
  "bitbucket.pull-requests": readPage(requestReader, "values"),
  "bitbucket.pull-request": readOne(requestReader),
  "bitbucket.activity": withPage(readPage(activityReader, "values", { words }), pageOfActivity),
  "bitbucket.commits": readPage(commitReader, "values", { words }),
  "bitbucket.statuses": readPage(statusReader, "values"),
  "bitbucket.restrictions": readRestrictions,
  "bitbucket.deployments": readPage(deploymentReader, "values"),
  "bitbucket.other": readNothing,
};

/** Pages of activity have no numbers: each names the mark by which the next one is asked for. */
function pageOfActivity({ locator }: EvidenceInput, json: unknown): PageFact {
  const { next } = json as { next?: unknown };
  const follows = typeof next === "string" ? next : "";
  const chain = { mark: markOf(locator), next: markOf(follows) };
  return { request: requestIn(locator, words), page: 1, last: follows === "", chain };
}

function markOf(address: string): string {
  return /[?&](?:ctx|page)=([^&#]*)/.exec(address)?.[1] ?? "";
}
