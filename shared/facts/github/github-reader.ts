import type { ReadFacts } from "../../model/facts.ts";
import type { SourceOf } from "../../model/source.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import {
  type ElementReader,
  isUnreadable,
  originOf,
  parseJson,
  parseShape,
  readElements,
  unreadWhole,
} from "../json-evidence.ts";
import { jobReader, runReader } from "./build-reader.ts";
import { JobsPage, List, RunsPage } from "./github-shapes.ts";
import { readPullCommitPage } from "./pull-commit-reader.ts";
import { pullReader } from "./pull-reader.ts";
import { readReviewPage } from "./review-reader.ts";

/** Reads a recorded answer of GitHub's REST API. Times are GitHub's own. Never throws: what is unread is listed. */
export function readGithub(input: EvidenceInput, source: SourceOf<"github" | "github-files">): ReadFacts {
  const { repository } = source;
  if (input.format === "github.other") return { facts: [], unread: [] };
  const document = parseJson(input.bytes);
  if ("reason" in document) return unreadWhole(input, document);
  const { json } = document;
  switch (input.format) {
    case "github.pulls": {
      const list = parseShape(List, json);
      return "reason" in list ? unreadWhole(input, list) : readElements(input, list.data, "", pullReader(repository));
    }
    case "github.pull":
      return readWhole(input, json, pullReader(repository));
    case "github.reviews":
      return readReviewPage(input, repository, json);
    case "github.pull-commits":
      return readPullCommitPage(input, repository, json);
    case "github.runs": {
      const page = parseShape(RunsPage, json);
      if ("reason" in page) return unreadWhole(input, page);
      return readElements(input, page.data.workflow_runs, "/workflow_runs", runReader(repository));
    }
    case "github.jobs": {
      const page = parseShape(JobsPage, json);
      if ("reason" in page) return unreadWhole(input, page);
      return readElements(input, page.data.jobs, "/jobs", jobReader(repository));
    }
    default:
      return unreadWhole(input, { reason: `"${input.format}" is no format of GitHub` });
  }
}

function readWhole(input: EvidenceInput, json: unknown, read: ElementReader): ReadFacts {
  const facts = read(json, originOf(input, ""));
  return isUnreadable(facts) ? unreadWhole(input, facts) : { facts, unread: [] };
}
