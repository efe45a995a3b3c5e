export const jenkinsFormats = [
  "jenkins.builds", // GET /job/{name}/api/json?tree=fullName,allBuilds[…]{from,to}, one page
  "jenkins.build", // GET /job/{name}/{number}/api/json
  "jenkins.stages", // GET /job/{name}/{number}/wfapi/describe
  "jenkins.other", // account, job, list of numbers: kept for the IPE record, read by nobody
] as const;

export const azurePipelinesFormats = [
  "azure-pipelines.builds", // GET /{organisation}/{project}/_apis/build/builds, one page
  "azure-pipelines.timeline", // GET …/_apis/build/builds/{id}/timeline
  "azure-pipelines.approvals", // GET …/_apis/pipelines/approvals?approvalIds=…&$expand=steps
  "azure-pipelines.other",
] as const;

export const circleciFormats = [
  "circleci.pipelines", // GET /project/{slug}/pipeline, one page; commits are here, results are not
  "circleci.workflows", // GET /pipeline/{id}/workflow, one page; `reading.about` names the commit
  "circleci.jobs", // GET /workflow/{id}/job, one page; `reading.about` names the build
  "circleci.other",
] as const;

/** Answers of CI servers, one a record. */
export const ciFormats = [...jenkinsFormats, ...azurePipelinesFormats, ...circleciFormats] as const;
