import type { ReadFacts } from "../../model/facts.ts";
import type { githubFormats } from "../../model/formats/github-formats.ts";
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
import { jobReader, runReader } from "./build-reader.ts";
import { JobsPage, List, RunsPage } from "./github-shapes.ts";
import { readPullCommitPage } from "./pull-commit-reader.ts";
import { pullReader } from "./pull-reader.ts";
import { readReviewPage } from "./review-reader.ts";

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
  "github.other": readNothing,
};

function readWhole(input: EvidenceInput, json: unknown, read: ElementReader): ReadFacts {
  const facts = read(json, originOf(input, ""));
  return isUnreadable(facts) ? unreadWhole(input, facts) : { facts, unread: [] };
}
