import type { jenkinsFormats } from "../../model/formats/ci-formats.ts";
import type { Source } from "../../model/source.ts";
import { type FormatReaders, readNothing, repositoryOf } from "../format-reader.ts";
import {
  isUnreadable,
  originOf,
  parseJson,
  parseShape,
  readElements,
  readJson,
  unreadWhole,
} from "../json-evidence.ts";
import { buildReader, type JenkinsScope, jobIn } from "./build-reader.ts";
import { BuildsPage } from "./jenkins-shapes.ts";
import { readStages } from "./stage-reader.ts";

/** Readers of Jenkins' answers. */
export const jenkinsReaders: FormatReaders<(typeof jenkinsFormats)[number]> = {
  "jenkins.builds": (input, source) => {
    const document = parseJson(input);
    if ("reason" in document) return unreadWhole(input, document);
    const page = parseShape(BuildsPage, document.json);
    if ("reason" in page) return unreadWhole(input, page);
    const job = page.data.fullName || jobIn(input.locator);
    return readElements(input, page.data.allBuilds, "/allBuilds", buildReader(scopeOf(source, job)));
  },
  "jenkins.build": (input, source) => {
    const document = parseJson(input);
    if ("reason" in document) return unreadWhole(input, document);
    const read = buildReader(scopeOf(source, jobIn(input.locator)))(document.json, originOf(input, ""));
    return isUnreadable(read) ? unreadWhole(input, read) : { facts: read, unread: [] };
  },
  "jenkins.stages": readJson(readStages),
  "jenkins.other": readNothing,
};

function scopeOf(source: Source, job: string): JenkinsScope {
  const remote = source.kind === "jenkins" ? (source.remoteUrl ?? "") : "";
  return { repository: repositoryOf(source), job, remote };
}
