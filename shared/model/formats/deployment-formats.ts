/** What deployment tools give, live or as logs. */
export const deploymentFormats = [
  "deployments.jsonl", // whole lines of a deployment log
  "deployments.csv", // whole lines of a deployment log; the column names are in `reading`
  "deployments.syslog", // whole lines of a log of a system, of which those that fit the source's pattern are deployments
  "gitops.log", // commits that change a GitOps repository's files, as `git log --format=fuller --date=iso-strict -p` prints them
  "argocd.application", // GET /api/v1/applications/{name}
  "spinnaker.executions", // GET /applications/{app}/executions/search, one page
  "spinnaker.execution", // GET /pipelines/{id}
  "octopus.deployments", // GET /api/{space}/deployments, one page; names of what it refers to are in `reading`
  "octopus.interruptions", // GET /api/{space}/interruptions, one page; names as above
  "kubernetes.replica-sets", // GET /apis/apps/v1/namespaces/{ns}/replicasets, one page
  "kubernetes.controller-revisions", // GET /apis/apps/v1/namespaces/{ns}/controllerrevisions, one page
  "helm.releases", // GET /api/v1/namespaces/{ns}/secrets of Helm's releases, one page
  "codedeploy.deployments", // CodeDeploy_20141006.BatchGetDeployments
  "cdevents.events", // CDEvents in one JSON document: an event, an array of them, or CloudEvents that carry them
  "cdevents.lines", // the same, one event a line
  "deployment-tool.other", // accounts, rights, names: kept for the IPE record, read by nobody
] as const;
