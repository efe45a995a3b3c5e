import type { FileFormat } from "./file-format.ts";
import { aideJson } from "./formats/aide-json.ts";
import { aideText } from "./formats/aide-text.ts";
import { ansibleRunJson } from "./formats/ansible-run-json.ts";
import { attachmentAbout } from "./formats/attachment-about.ts";
import { attachmentDocument } from "./formats/attachment-document.ts";
import { attestations, attestationsCsv } from "./formats/attestations.ts";
import { authLog } from "./formats/auth-log.ts";
import { cdeventsEvents } from "./formats/cdevents-events.ts";
import { cdeventsLines } from "./formats/cdevents-lines.ts";
import { chefRunJson } from "./formats/chef-run-json.ts";
import { chefRunLines } from "./formats/chef-run-lines.ts";
import { cloudtrailJson } from "./formats/cloudtrail-json.ts";
import { flagdChanges } from "./formats/flagd-changes.ts";
import { gitCodeOwners } from "./formats/git-code-owners.ts";
import { githubAnswers } from "./formats/github-answers.ts";
import {
  githubCollectedLines,
  githubExchanges,
  githubGraphqlDeployments,
  githubWebhooks,
} from "./formats/github-recordings.ts";
import { githubRun } from "./formats/github-run.ts";
import { gitlabAnswers, gitlabCollectedLines } from "./formats/gitlab-answers.ts";
import { inspecJson } from "./formats/inspec-json.ts";
import { ircLog } from "./formats/irc-log.ts";
import { jenkinsBuild } from "./formats/jenkins-build.ts";
import { jenkinsBuilds } from "./formats/jenkins-builds.ts";
import { jenkinsStages } from "./formats/jenkins-stages.ts";
import { jiraChangelog } from "./formats/jira-changelog.ts";
import { jiraCsv } from "./formats/jira-csv.ts";
import { jiraIssueLines } from "./formats/jira-issue-lines.ts";
import { jiraIssues } from "./formats/jira-issues.ts";
import { jiraXml } from "./formats/jira-xml.ts";
import { journaldLines } from "./formats/journald-lines.ts";
import { junitXml } from "./formats/junit-xml.ts";
import { kitchenJson } from "./formats/kitchen-json.ts";
import { kitchenLog } from "./formats/kitchen-log.ts";
import { kubernetesAuditLines } from "./formats/kubernetes-audit-lines.ts";
import { launchdarklyAuditlog } from "./formats/launchdarkly-auditlog.ts";
import { ldapLdif } from "./formats/ldap-ldif.ts";
import { mailMbox } from "./formats/mail-mbox.ts";
import { ossecLines } from "./formats/ossec-lines.ts";
import { ossecText } from "./formats/ossec-text.ts";
import { otherHostAnswers } from "./formats/other-host-answers.ts";
import { puppetLintJson } from "./formats/puppet-lint-json.ts";
import { puppetLintText } from "./formats/puppet-lint-text.ts";
import { puppetReportYaml } from "./formats/puppet-report-yaml.ts";
import { puppetdbReports } from "./formats/puppetdb-reports.ts";
import { rosterCsv } from "./formats/roster-csv.ts";
import { rspecJson } from "./formats/rspec-json.ts";
import { rubocopJson } from "./formats/rubocop-json.ts";
import { sarifJson } from "./formats/sarif-json.ts";
import { scimUsers } from "./formats/scim-users.ts";
import { servicenowApprovals } from "./formats/servicenow-approvals.ts";
import { servicenowChanges } from "./formats/servicenow-changes.ts";
import { servicenowChangesCsv } from "./formats/servicenow-changes-csv.ts";
import { servicenowChangesXml } from "./formats/servicenow-changes-xml.ts";
import { slackChannels } from "./formats/slack-channels.ts";
import { slackDay } from "./formats/slack-day.ts";
import { slackUsers } from "./formats/slack-users.ts";
import { tripwireText } from "./formats/tripwire-text.ts";
import { unleashEvents } from "./formats/unleash-events.ts";
import { upguardCsv } from "./formats/upguard-csv.ts";
import { upguardJson } from "./formats/upguard-json.ts";

/** Every format that a handed-over file is recognised as. Their order decides nothing. */
export const fileFormats: readonly FileFormat[] = [
  jiraIssues,
  jiraIssueLines,
  jiraChangelog,
  rosterCsv,
  gitCodeOwners,
  ldapLdif,
  scimUsers,
  cdeventsLines,
  cdeventsEvents,
  servicenowChangesXml,
  servicenowChangesCsv,
  servicenowApprovals,
  servicenowChanges,
  jiraXml,
  jiraCsv,
  ...githubAnswers,
  githubCollectedLines,
  githubExchanges,
  githubGraphqlDeployments,
  githubWebhooks,
  ...gitlabAnswers,
  gitlabCollectedLines,
  ...otherHostAnswers,
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
  aideJson,
  aideText,
  authLog,
  ansibleRunJson,
  chefRunJson,
  chefRunLines,
  cloudtrailJson,
  flagdChanges,
  ircLog,
  journaldLines,
  kubernetesAuditLines,
  launchdarklyAuditlog,
  mailMbox,
  ossecLines,
  ossecText,
  puppetReportYaml,
  puppetdbReports,
  slackChannels,
  slackDay,
  slackUsers,
  tripwireText,
  unleashEvents,
  upguardCsv,
  upguardJson,
  attachmentAbout,
  attachmentDocument,
  attestations,
  attestationsCsv,
];
