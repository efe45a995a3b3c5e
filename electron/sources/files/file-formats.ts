import type { FileFormat } from "./file-format.ts";
import { attachmentDocument } from "./formats/attachment-document.ts";
import { githubRun } from "./formats/github-run.ts";
import { inspecJson } from "./formats/inspec-json.ts";
import { jenkinsBuild } from "./formats/jenkins-build.ts";
import { jenkinsBuilds } from "./formats/jenkins-builds.ts";
import { jenkinsStages } from "./formats/jenkins-stages.ts";
import { jiraChangelog } from "./formats/jira-changelog.ts";
import { jiraIssueLines } from "./formats/jira-issue-lines.ts";
import { jiraIssues } from "./formats/jira-issues.ts";
import { junitXml } from "./formats/junit-xml.ts";
import { kitchenJson } from "./formats/kitchen-json.ts";
import { kitchenLog } from "./formats/kitchen-log.ts";
import { puppetLintJson } from "./formats/puppet-lint-json.ts";
import { puppetLintText } from "./formats/puppet-lint-text.ts";
import { rosterCsv } from "./formats/roster-csv.ts";
import { rspecJson } from "./formats/rspec-json.ts";
import { rubocopJson } from "./formats/rubocop-json.ts";
import { sarifJson } from "./formats/sarif-json.ts";

/** Every format that a handed-over file is recognised as. Their order decides nothing. */
export const fileFormats: readonly FileFormat[] = [
  jiraIssues,
  jiraIssueLines,
  jiraChangelog,
  rosterCsv,
  githubRun,
  inspecJson,
  jenkinsBuild,
  jenkinsBuilds,
  jenkinsStages,
  junitXml,
  kitchenJson,
  kitchenLog,
  puppetLintJson,
  puppetLintText,
  rspecJson,
  rubocopJson,
  sarifJson,
  attachmentDocument,
];
