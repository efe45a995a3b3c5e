import { readCollectedLines } from "../code-host/collected-lines.ts";
import type { HostElementReader } from "../code-host/host-pages.ts";
import { noteReader } from "./note-reader.ts";
import { deploymentReader, jobReader, pipelineReader, protectedBranchReader } from "./pipeline-readers.ts";
import { approvalsReader, commitReader, requestReader, ruleReader, versionReader } from "./request-readers.ts";

/** Which answer an element is of, by the end of the address that it was asked at. */
const byAddress: readonly [pattern: RegExp, reader: HostElementReader][] = [
  [/\/merge_requests$/, requestReader],
  [/\/merge_requests\/\d+$/, requestReader],
  [/\/merge_requests\/\d+\/notes$/, noteReader],
  [/\/merge_requests\/\d+\/versions$/, versionReader],
  [/\/merge_requests\/\d+\/commits$/, commitReader],
  [/\/merge_requests\/\d+\/approvals$/, approvalsReader],
  [/\/approval_rules$/, ruleReader],
  [/\/pipelines$/, pipelineReader],
  [/\/pipelines\/\d+$/, pipelineReader],
  [/\/jobs$/, jobReader],
  [/\/deployments$/, deploymentReader],
  [/\/deployments\/\d+$/, deploymentReader],
  [/\/protected_branches$/, protectedBranchReader],
];

/** One element of an answer a line, with the address that it was asked at: `{"url": …, "data": …}`. */
export const readGitlabLines = readCollectedLines(
  "merge_requests",
  (path) => byAddress.find(([pattern]) => pattern.test(path))?.[1],
);
