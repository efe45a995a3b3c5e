import type { SourceKind } from "../../shared/model/source.ts";
import type { SourceDriver } from "./source-driver.ts";

/** The driver of each kind of source, loaded when it is first needed. */
export const drivers: { readonly [K in SourceKind]: () => Promise<SourceDriver<K>> } = {
  "git": async () => (await import("./git/git-driver.ts")).gitDriver,
  "github": async () => (await import("./code-host/github-driver.ts")).githubDriver,
  "gitlab": async () => (await import("./code-host/gitlab/gitlab-driver.ts")).gitlabDriver,
  "gerrit": async () => (await import("./code-host/gerrit/gerrit-driver.ts")).gerritDriver,
  "bitbucket": async () => (await import("./code-host/bitbucket/bitbucket-driver.ts")).bitbucketDriver,
  "bitbucket-server": async () =>
    (await import("./code-host/bitbucket-server/bitbucket-server-driver.ts")).bitbucketServerDriver,
  "azure-repos": async () => (await import("./code-host/azure-repos/azure-repos-driver.ts")).azureReposDriver,
  "github-files": async () => (await import("./code-host/github-files-driver.ts")).githubFilesDriver,
  "jenkins": async () => (await import("./ci/jenkins/jenkins-driver.ts")).jenkinsDriver,
  "azure-pipelines": async () => (await import("./ci/azure-pipelines/azure-driver.ts")).azurePipelinesDriver,
  "circleci": async () => (await import("./ci/circleci/circleci-driver.ts")).circleciDriver,
  "jira": async () => (await import("./jira/jira-driver.ts")).jiraDriver,
  "jira-files": async () => (await import("./jira/jira-files-driver.ts")).jiraFilesDriver,
  "deployment-log": async () => (await import("./deploy/deployment-driver.ts")).deploymentLogDriver,
  "gitops": async () => (await import("./gitops/gitops-driver.ts")).gitopsDriver,
  "files": async () => (await import("./files/files-driver.ts")).filesDriver,
  "argocd": async () => (await import("./deploy/argocd/argocd-tool.ts")).argocdDriver,
  "spinnaker": async () => (await import("./deploy/spinnaker/spinnaker-tool.ts")).spinnakerDriver,
  "octopus": async () => (await import("./deploy/octopus/octopus-tool.ts")).octopusDriver,
  "kubernetes": async () => (await import("./deploy/kubernetes/kubernetes-tool.ts")).kubernetesDriver,
  "codedeploy": async () => (await import("./deploy/codedeploy/codedeploy-tool.ts")).codedeployDriver,
  "servicenow": async () => (await import("./servicenow/servicenow-tool.ts")).servicenowDriver,
  "roster": async () => (await import("./people/roster-driver.ts")).rosterDriver,
};
