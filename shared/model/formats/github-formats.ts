/** Answers of GitHub's REST API, one a record. */
export const githubFormats = [
  "github.pulls", // GET /repos/{o}/{r}/pulls, one page
  "github.pull", // GET /repos/{o}/{r}/pulls/{n}
  "github.reviews", // GET /repos/{o}/{r}/pulls/{n}/reviews, one page
  "github.pull-commits", // GET /repos/{o}/{r}/pulls/{n}/commits, one page
  "github.timeline", // GET /repos/{o}/{r}/issues/{n}/timeline, one page
  "github.issue-comments", // GET /repos/{o}/{r}/issues/{n}/comments, one page
  "github.review-comments", // GET /repos/{o}/{r}/pulls/{n}/comments, one page
  "github.check-runs", // GET /repos/{o}/{r}/commits/{sha}/check-runs, one page
  "github.runs", // GET /repos/{o}/{r}/actions/runs, one page
  "github.jobs", // GET /repos/{o}/{r}/actions/runs/{id}/jobs, one page
  "github.run-approvals", // GET /repos/{o}/{r}/actions/runs/{id}/approvals
  "github.branch", // GET /repos/{o}/{r}/branches/{branch}
  "github.branch-protection", // GET /repos/{o}/{r}/branches/{branch}/protection
  "github.branch-rules", // GET /repos/{o}/{r}/rules/branches/{branch}, one page
  "github.alerts", // GET /repos/{o}/{r}/code-scanning/alerts, one page
  "github.analyses", // GET /repos/{o}/{r}/code-scanning/analyses, one page
  "github.deployments", // GET /repos/{o}/{r}/deployments, one page
  "github.deployment-statuses", // GET /repos/{o}/{r}/deployments/{id}/statuses, one page
  "github.graphql-deployments", // an answer of the GraphQL API with a repository's deployments
  "github.webhooks", // deliveries of webhooks, one a line: the body, or {event, payload}
  "github.collected-lines", // one element of a REST answer a line: {url, data}
  "github.exchanges", // recorded exchanges: a JSON list of {method, path, status, response}
  "github.other", // repository, user, totals: kept for the IPE record, read by nobody
] as const;
