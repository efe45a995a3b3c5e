/** What deployment tools give, live or as logs. */
export const deploymentFormats = [
  "deployments.jsonl", // whole lines of a deployment log
  "deployments.csv", // whole lines of a deployment log; the column names are in `reading`
  "gitops.log", // commits that change a GitOps repository's files, as `git log --format=fuller --date=iso-strict -p` prints them
] as const;
