/** Answers of GitLab, Gerrit, Bitbucket and Azure DevOps, one a record, and files of them. */
export const codeHostFormats = [
  // GitLab, REST v4, below /projects/{id}
  "gitlab.merge-requests", // GET /merge_requests, one page
  "gitlab.merge-request", // GET /merge_requests/{iid}
  "gitlab.notes", // GET /merge_requests/{iid}/notes, one page
  "gitlab.versions", // GET /merge_requests/{iid}/versions, one page
  "gitlab.commits", // GET /merge_requests/{iid}/commits, one page
  "gitlab.approvals", // GET /merge_requests/{iid}/approvals
  "gitlab.approval-rules", // GET /approval_rules or /merge_requests/{iid}/approval_rules, one page
  "gitlab.pipelines", // GET /pipelines or /merge_requests/{iid}/pipelines, one page
  "gitlab.jobs", // GET /pipelines/{id}/jobs, one page
  "gitlab.deployments", // GET /deployments, one page
  "gitlab.deployment", // GET /deployments/{id}
  "gitlab.protected-branches", // GET /protected_branches, one page
  "gitlab.collected-lines", // one element of a REST answer a line: {url, data}
  "gitlab.other",
  // Gerrit, REST 3
  "gerrit.changes", // GET /changes/?q=…, one page
  "gerrit.change", // GET /changes/{id}/detail with all revisions and commits
  "gerrit.comments", // GET /changes/{id}/comments
  "gerrit.submit-requirements", // GET /projects/{name}/submit_requirements
  "gerrit.other",
  // Bitbucket Cloud, 2.0, below /repositories/{workspace}/{slug}
  "bitbucket.pull-requests", // GET /pullrequests, one page
  "bitbucket.pull-request", // GET /pullrequests/{id}
  "bitbucket.activity", // GET /pullrequests/{id}/activity, one page
  "bitbucket.commits", // GET /pullrequests/{id}/commits, one page
  "bitbucket.statuses", // GET /pullrequests/{id}/statuses, one page
  "bitbucket.restrictions", // GET /branch-restrictions, one page
  "bitbucket.deployments", // GET /deployments, one page
  "bitbucket.other",
  // Bitbucket Data Center, 1.0, below /projects/{key}/repos/{slug}
  "bitbucket-server.pull-requests", // GET /pull-requests, one page
  "bitbucket-server.pull-request", // GET /pull-requests/{id}
  "bitbucket-server.activities", // GET /pull-requests/{id}/activities, one page
  "bitbucket-server.commits", // GET /pull-requests/{id}/commits, one page
  "bitbucket-server.builds", // GET /commits/{sha}/builds or build-status/1.0/commits/{sha}, one page
  "bitbucket-server.restrictions", // GET branch-permissions/2.0/…/restrictions, one page
  "bitbucket-server.other",
  // Azure DevOps Services and Server, 7.1, below /_apis/git/repositories/{id}
  "azure-repos.pull-requests", // GET /pullrequests, one page
  "azure-repos.pull-request", // GET /pullRequests/{id}
  "azure-repos.threads", // GET /pullRequests/{id}/threads
  "azure-repos.iterations", // GET /pullRequests/{id}/iterations
  "azure-repos.commits", // GET /pullRequests/{id}/commits, one page
  "azure-repos.policies", // GET /_apis/git/policy/configurations, one page
  "azure-repos.other",
] as const;
