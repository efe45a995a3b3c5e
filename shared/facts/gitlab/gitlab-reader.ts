import type { codeHostFormats } from "../../model/formats/code-host-formats.ts";
import { type PageFact, parameterIn, readOne, readPage, requestIn, withPage } from "../code-host/host-pages.ts";
import { List } from "../code-host/host-shapes.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { type FormatReaders, readNothing } from "../format-reader.ts";
import { readGitlabLines } from "./collected-lines.ts";
import { noteReader } from "./note-reader.ts";
import { deploymentReader, jobReader, pipelineReader, protectedBranchReader } from "./pipeline-readers.ts";
import { approvalsReader, commitReader, requestReader, ruleReader, versionReader } from "./request-readers.ts";

type GitlabFormat = Extract<(typeof codeHostFormats)[number], `gitlab.${string}`>;

const words = "merge_requests";
const ofRequest = { words };
const maybeOfRequest = { words, mayNameNone: true };

/** Readers of the answers of GitLab's REST API. Times are GitLab's own. */
export const gitlabReaders: FormatReaders<GitlabFormat> = {
  "gitlab.merge-requests": readPage(requestReader, null),
  "gitlab.merge-request": readOne(requestReader),
  "gitlab.notes": withPage(readPage(noteReader, null, maybeOfRequest), pageOfNotes),
  "gitlab.versions": readPage(versionReader, null, ofRequest),
  "gitlab.commits": readPage(commitReader, null, ofRequest),
  "gitlab.approvals": readOne(approvalsReader, maybeOfRequest),
  "gitlab.approval-rules": readPage(ruleReader, null, maybeOfRequest),
  "gitlab.pipelines": readPage(pipelineReader, null),
  "gitlab.jobs": readPage(jobReader, null),
  "gitlab.deployments": readPage(deploymentReader, null),
  "gitlab.deployment": readOne(deploymentReader),
  "gitlab.protected-branches": readPage(protectedBranchReader, null),
  "gitlab.collected-lines": readGitlabLines,
  "gitlab.other": readNothing,
};

/** Approvals stand among the notes, so a page of notes is a page of reviews. GitLab gives 20 rows unless asked for more. */
function pageOfNotes({ locator }: EvidenceInput, json: unknown): PageFact | null {
  const rows = List.safeParse(json).data?.length;
  if (rows === undefined) return null;
  const perPage = Number(parameterIn(locator, "per_page") || 20);
  const page = Number(parameterIn(locator, "page") || 1);
  return { request: requestIn(locator, words), page, last: rows < perPage };
}
