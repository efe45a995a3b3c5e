import type { ReadFacts } from "../../model/facts.ts";
import type { githubFormats } from "../../model/formats/github-formats.ts";
import { readCollectedLines } from "../code-host/collected-lines.ts";
import { readOne, readPage } from "../code-host/host-pages.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { type FormatReaders, readNothing } from "../format-reader.ts";
import {
  type ElementReader,
  isUnreadable,
  originOf,
  parseShape,
  readElements,
  readJson,
  unreadWhole,
} from "../json-evidence.ts";
import { alertReader } from "./alert-reader.ts";
import { analysisReader } from "./analysis-reader.ts";
import { jobReader, runReader } from "./build-reader.ts";
import { readerAt } from "./by-address.ts";
import { checkRunReader } from "./check-reader.ts";
import { commentReader } from "./comment-reader.ts";
import { deploymentReader, deploymentStatusReader, runApprovalReader } from "./deployment-reader.ts";
import { readExchanges } from "./exchange-reader.ts";
import { JobsPage, List, RunsPage } from "./github-shapes.ts";
import { readGraphqlDeployments } from "./graphql-deployments.ts";
import { branchReader, protectionReader, readBranchRules } from "./protection-reader.ts";
import { readPullCommitPage } from "./pull-commit-reader.ts";
import { pullReader } from "./pull-reader.ts";
import { readReviewPage } from "./review-reader.ts";
import { timelineReader } from "./timeline-reader.ts";
import { readWebhooks } from "./webhook-reader.ts";

const words = "pulls|issues";
const ofRequest = { words };

/** Readers of the answers of GitHub's REST API. Times are GitHub's own. */
export const githubReaders: FormatReaders<(typeof githubFormats)[number]> = {
  "github.pulls": readJson((input, json, repository) => {
    const list = parseShape(List, json);
    return "reason" in list ? unreadWhole(input, list) : readElements(input, list.data, "", pullReader(repository));
  }),
  "github.pull": readJson((input, json, repository) => readWhole(input, json, pullReader(repository))),
  "github.reviews": readJson((input, json, repository) => readReviewPage(input, repository, json)),
  "github.pull-commits": readJson((input, json, repository) => readPullCommitPage(input, repository, json)),
  "github.runs": readJson((input, json, repository) => {
    const page = parseShape(RunsPage, json);
    if ("reason" in page) return unreadWhole(input, page);
    return readElements(input, page.data.workflow_runs, "/workflow_runs", runReader(repository));
  }),
  "github.jobs": readJson((input, json, repository) => {
    const page = parseShape(JobsPage, json);
    if ("reason" in page) return unreadWhole(input, page);
    return readElements(input, page.data.jobs, "/jobs", jobReader(repository));
  }),
  "github.timeline": readPage(timelineReader, null, ofRequest),
  "github.issue-comments": readPage(commentReader, null, { words, mayNameNone: true }),
  "github.review-comments": readPage(commentReader, null, { words, mayNameNone: true }),
  "github.check-runs": readPage(checkRunReader, "check_runs"),
  "github.run-approvals": readPage(runApprovalReader, null),
  "github.branch": readOne(branchReader),
  "github.branch-protection": readOne(protectionReader),
  "github.branch-rules": readBranchRules,
  "github.alerts": readPage(alertReader, null),
  "github.analyses": readPage(analysisReader, null),
  "github.deployments": readPage(deploymentReader, null),
  "github.deployment-statuses": readPage(deploymentStatusReader, null),
  "github.graphql-deployments": readGraphqlDeployments,
  "github.webhooks": readWebhooks,
  "github.collected-lines": readCollectedLines(words, readerAt),
  "github.exchanges": readExchanges,
  "github.other": readNothing,
};

function readWhole(input: EvidenceInput, json: unknown, read: ElementReader): ReadFacts {
  const facts = read(json, originOf(input, ""));
  return isUnreadable(facts) ? unreadWhole(input, facts) : { facts, unread: [] };
}
