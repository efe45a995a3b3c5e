/** Answers of GitHub's REST API, one a record. */
export const githubFormats = [
  "github.pulls", // GET /repos/{o}/{r}/pulls, one page
  "github.pull", // GET /repos/{o}/{r}/pulls/{n}
  "github.reviews", // GET /repos/{o}/{r}/pulls/{n}/reviews, one page
  "github.pull-commits", // GET /repos/{o}/{r}/pulls/{n}/commits, one page
  "github.runs", // GET /repos/{o}/{r}/actions/runs, one page
  "github.jobs", // GET /repos/{o}/{r}/actions/runs/{id}/jobs, one page
  "github.other", // repository, user, totals: kept for the IPE record, read by nobody
] as const;
