import type { EvidenceFormat } from "../model/evidence.ts";
import type { ReadFacts } from "../model/facts.ts";
import type { Source } from "../model/source.ts";
import { announcementReaders } from "./announcement/announcement-reader.ts";
import { attachmentReaders } from "./attachments/attachment-reader.ts";
import { attestationReaders } from "./attestation/attestation-reader.ts";
import { azurePipelinesReaders } from "./azure-pipelines/azure-pipelines-reader.ts";
import { azureReposReaders } from "./azure-repos/azure-repos-reader.ts";
import { bitbucketReaders } from "./bitbucket/bitbucket-reader.ts";
import { bitbucketServerReaders } from "./bitbucket-server/bitbucket-server-reader.ts";
import { circleciReaders } from "./circleci/circleci-reader.ts";
import { deploymentReaders } from "./deploy/deployment-reader.ts";
import type { EvidenceInput } from "./evidence-input.ts";
import type { FormatReaders } from "./format-reader.ts";
import { gerritReaders } from "./gerrit/gerrit-reader.ts";
import { gitReaders } from "./git/git-reader.ts";
import { githubReaders } from "./github/github-reader.ts";
import { gitlabReaders } from "./gitlab/gitlab-reader.ts";
import { jenkinsReaders } from "./jenkins/jenkins-reader.ts";
import { jiraReaders } from "./jira/jira-reader.ts";
import { rosterReaders } from "./people/roster-reader.ts";
import { productionReaders } from "./production/production-reader.ts";
import { reportReaders } from "./report/report-reader.ts";
import { servicenowReaders } from "./servicenow/servicenow-reader.ts";

/** A reader for every format: a format without one does not compile. */
const readers: FormatReaders<EvidenceFormat> = {
  ...gitReaders,
  ...githubReaders,
  ...gitlabReaders,
  ...gerritReaders,
  ...bitbucketReaders,
  ...bitbucketServerReaders,
  ...azureReposReaders,
  ...jenkinsReaders,
  ...azurePipelinesReaders,
  ...circleciReaders,
  ...jiraReaders,
  ...servicenowReaders,
  ...deploymentReaders,
  ...rosterReaders,
  ...reportReaders,
  ...productionReaders,
  ...announcementReaders,
  ...attachmentReaders,
  ...attestationReaders,
};

/**
 * Reads a raw record as facts. Pure: same bytes, same facts. What cannot be read comes back as unread, with its place
 * and the reason; nothing is thrown for a bad record.
 */
export function readEvidence(input: EvidenceInput, source: Source): ReadFacts {
  return readers[input.format](input, source);
}
