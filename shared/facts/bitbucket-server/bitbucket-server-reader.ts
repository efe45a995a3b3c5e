import { z } from "zod";
import type { codeHostFormats } from "../../model/formats/code-host-formats.ts";
import { type PageFact, parameterIn, readOne, readPage, requestIn, withPage } from "../code-host/host-pages.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { type FormatReaders, readNothing } from "../format-reader.ts";
import { activityReader } from "./activity-reader.ts";
import { buildReader, commitReader, requestReader, restrictionReader } from "./request-readers.ts";

type BitbucketServerFormat = Extract<(typeof codeHostFormats)[number], `bitbucket-server.${string}`>;

const words = "pull-requests";

/** Readers of the answers of Bitbucket Data Center's REST API. Times are the server's own. */
export const bitbucketServerReaders: FormatReaders<BitbucketServerFormat> = {
  "bitbucket-server.pull-requests": readPage(requestReader, "values"),
  "bitbucket-server.pull-request": readOne(requestReader),
  "bitbucket-server.activities": withPage(readPage(activityReader, "values", { words }), pageOfActivities),
  "bitbucket-server.commits": readPage(commitReader, "values", { words }),
  "bitbucket-server.builds": readPage(buildReader, "values"),
  "bitbucket-server.restrictions": readPage(restrictionReader, "values"),
  "bitbucket-server.other": readNothing,
};

const Slice = z.object({ isLastPage: z.boolean(), nextPageStart: z.number().nullish() });

/** Pages begin at a row; what is left out for lack of rights makes their steps uneven, so they are chained and not counted. */
function pageOfActivities({ locator }: EvidenceInput, json: unknown): PageFact | null {
  const slice = Slice.safeParse(json).data;
  if (slice === undefined) return null;
  const start = parameterIn(locator, "start");
  const chain = { mark: start === "0" ? "" : start, next: slice.isLastPage ? "" : String(slice.nextPageStart ?? "") };
  return { request: requestIn(locator, words), page: 1, last: slice.isLastPage, chain };
}
