import type { circleciFormats } from "../../model/formats/ci-formats.ts";
import { type FormatReaders, readNothing } from "../format-reader.ts";
import { readJson } from "../json-evidence.ts";
import { readJobs } from "./job-reader.ts";
import { readWorkflows } from "./workflow-reader.ts";

/** Readers of CircleCI's answers. */
export const circleciReaders: FormatReaders<(typeof circleciFormats)[number]> = {
  // A pipeline says on what, not how it ended; its workflows carry both.
  "circleci.pipelines": readNothing,
  "circleci.workflows": readJson(readWorkflows),
  "circleci.jobs": readJson(readJobs),
  "circleci.other": readNothing,
};
