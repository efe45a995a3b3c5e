import { createAzurePipelinesDriver } from "../../../electron/sources/ci/azure-pipelines/azure-driver.ts";
import { createCircleciDriver } from "../../../electron/sources/ci/circleci/circleci-driver.ts";
import { createJenkinsDriver } from "../../../electron/sources/ci/jenkins/jenkins-driver.ts";
import { createAzureReposDriver } from "../../../electron/sources/code-host/azure-repos/azure-repos-driver.ts";
import { createBitbucketDriver } from "../../../electron/sources/code-host/bitbucket/bitbucket-driver.ts";
import { createBitbucketServerDriver } from "../../../electron/sources/code-host/bitbucket-server/bitbucket-server-driver.ts";
import { createGerritDriver } from "../../../electron/sources/code-host/gerrit/gerrit-driver.ts";
import { createGitlabDriver } from "../../../electron/sources/code-host/gitlab/gitlab-driver.ts";
import { createJiraDriver } from "../../../electron/sources/jira/jira-driver.ts";
import type { PullContext, PullOutcome, SourceDriver } from "../../../electron/sources/source-driver.ts";
import type { Source, SourceKind, SourceOf } from "../../../shared/model/source.ts";
import { azureToken as pipelinesToken, startAzure as startPipelines } from "./ci/azure-pipelines/fake-azure.ts";
import { circleciToken, startCircleci } from "./ci/circleci/fake-circleci.ts";
import { jenkinsToken, startJenkins } from "./ci/jenkins/fake-jenkins.ts";
import { azureToken, startAzure } from "./code-host/azure-repos/fake-azure-repos.ts";
import { bitbucketToken, startBitbucket } from "./code-host/bitbucket/fake-bitbucket.ts";
import { serverToken, startBitbucketServer } from "./code-host/bitbucket-server/fake-bitbucket-server.ts";
import { quickLimits } from "./code-host/fake-github.ts";
import { gerritPassword, startGerrit } from "./code-host/gerrit/fake-gerrit.ts";
import { gitlabToken, startGitlab } from "./code-host/gitlab/fake-gitlab.ts";
import { application, startArgocd } from "./deploy/fake-argocd.ts";
import { secret as awsKey, startCodedeploy } from "./deploy/fake-codedeploy.ts";
import { token as clusterToken, replicaSet, startKubernetes } from "./deploy/fake-kubernetes.ts";
import { startOctopus } from "./deploy/fake-octopus.ts";
import { startSpinnaker } from "./deploy/fake-spinnaker.ts";
import { toolToken } from "./deploy/tool-under-test.ts";
import type { Mischief, Question } from "./fault-proxy.ts";
import { jiraToken, startJira } from "./jira/fake-jira.ts";
import { startServicenow } from "./servicenow/fake-servicenow.ts";

/** One of the driver tests' own servers, with a driver whose waits are short. */
export interface Running {
  /** Address of the server. */
  readonly target: string;
  readonly source: Source;
  /** Pulls from whatever stands at the address in place of the server. */
  pullAt(url: string, context: PullContext): Promise<PullOutcome>;
}

/** A list that a system gives page by page. */
export interface PagedList {
  readonly what: string;
  readonly matches: (question: Question) => boolean;
  /** Name of the rows in an answer; null where the answer is the list. */
  readonly rows: string | null;
}

export interface SystemUnderFault {
  readonly name: string;
  readonly start: () => Promise<Running>;
  readonly secret: string;
  /** The token that the account gets when the first one has expired. */
  readonly renewed: string;
  /** An access key of AWS is an account of its own, so what the first one saw is read again. */
  readonly renewedIsAnother?: boolean;
  /** How the system says that a token has expired; 401 by itself. */
  readonly expired?: Mischief;
  readonly lists: readonly PagedList[];
}

const limits = { ...quickLimits, timeoutMs: 20_000 };
const [inside, outside] = ["2025-02-10T00:00:00.000Z", "2024-10-10T00:00:00.000Z"];
const rows = <T>(count: number, row: (number: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => row(index + 1));
const hour = (number: number): string => new Date(Date.parse(inside) + number * 3_600_000).toISOString();
/** Long lists of which little is wanted: their pages are many and their details few. */
const isWanted = (number: number): boolean => number % 8 === 0;
const at = (path: RegExp, what: string, list: string | null): PagedList => ({
  what,
  matches: (question) => path.test(question.path),
  rows: list,
});

function running<K extends SourceKind>(driver: SourceDriver<K>, source: SourceOf<K>, target: string): Running {
  return {
    target,
    source,
    pullAt: (url, context) =>
      driver.pull(JSON.parse(JSON.stringify(source).replaceAll(target, url)) as SourceOf<K>, context),
  };
}

const codeHosts: readonly SystemUnderFault[] = [
  {
    name: "GitLab",
    secret: gitlabToken,
    renewed: "glpat-renewed",
    async start() {
      const notes = rows(25, (number) => ({ body: `Note ${number}`, by: "rita", at: hour(number), system: false }));
      const { source, server } = await startGitlab({
        requests: rows(32, (iid) => ({
          iid,
          createdAt: hour(iid),
          updatedAt: hour(iid),
          mergedAt: isWanted(iid) ? hour(iid) : outside,
          ...(iid === 8 ? { notes } : {}),
        })),
        pipelines: rows(12, (iid) => ({ iid, updatedAt: hour(iid) })),
        deployments: rows(12, (iid) => ({ iid, updatedAt: hour(iid), approvedBy: "rita" })),
      });
      return running(createGitlabDriver(limits), source, server.url);
    },
    lists: [
      at(/\/merge_requests$/, "merge requests", null),
      at(/\/merge_requests\/8\/notes$/, "notes", null),
      at(/shop\/pipelines$/, "pipelines", null),
      at(/shop\/deployments$/, "deployments", null),
    ],
  },
  {
    name: "Gerrit",
    secret: gerritPassword,
    renewed: "a-renewed-password",
    async start() {
      const spelled = (time: string): string => time.replace("T", " ").replace("Z", "000000");
      const { source, server } = await startGerrit({
        changes: rows(35, (number) => ({
          number,
          updated: spelled(hour(number)),
          submitted: spelled(isWanted(number) ? hour(number) : outside),
        })),
      });
      return running(createGerritDriver(limits), source, server.url);
    },
    lists: [at(/\/changes\/$/, "changes", null)],
  },
  {
    name: "Bitbucket Cloud",
    secret: bitbucketToken,
    renewed: "ATCTT-renewed",
    async start() {
      const { source, server } = await startBitbucket({
        requests: rows(35, (id) => {
          const updatedAt = isWanted(id) ? hour(id) : "2025-08-10T00:00:00.000Z";
          return { id, mergedAt: updatedAt, updatedAt, ...(id === 8 ? { activity: 25 } : {}) };
        }),
        deployments: 25,
      });
      return running(createBitbucketDriver(limits), source, server.url);
    },
    lists: [at(/\/pullrequests$/, "pull requests", "values")],
  },
  {
    name: "Bitbucket Data Center",
    secret: serverToken,
    renewed: "BBDC-renewed",
    async start() {
      const { source, server } = await startBitbucketServer({
        requests: rows(35, (id) => ({
          id,
          closedAt: Date.parse(isWanted(id) ? hour(id) : outside),
          ...(id === 8 ? { activities: 25 } : {}),
        })),
      });
      return running(createBitbucketServerDriver(limits), source, server.url);
    },
    lists: [at(/\/pull-requests$/, "pull requests", "values")],
  },
  {
    name: "Azure Repos",
    secret: azureToken,
    renewed: "a-renewed-pat",
    async start() {
      const { source, server } = await startAzure({
        filtersByTime: false,
        requests: rows(230, (id) => ({ id, closedAt: id % 60 === 0 ? hour(id) : outside })),
      });
      return running(createAzureReposDriver(limits), source, server.url);
    },
    lists: [at(/\/pullrequests$/, "pull requests", "value")],
  },
];

const buildServers: readonly SystemUnderFault[] = [
  {
    name: "Jenkins",
    secret: jenkinsToken,
    renewed: "11renewed",
    async start() {
      const builds = rows(230, (number) => ({ number, at: hour(number), pipeline: number % 40 === 0 }));
      const { source, server } = await startJenkins({ jobs: { "team/shop": builds } });
      return running(createJenkinsDriver(limits), source, server.url);
    },
    lists: [
      {
        what: "builds",
        matches: ({ query }) => /allBuilds\[.*\{/.test(query.get("tree") ?? ""),
        rows: "allBuilds",
      },
    ],
  },
  {
    name: "Azure Pipelines",
    secret: pipelinesToken,
    renewed: "a-renewed-pat",
    async start() {
      const builds = rows(12, (id) => ({ id, queued: hour(id), approvals: [`approval-${id}`] }));
      const { source, server } = await startPipelines({ pageSize: 4, builds });
      return running(createAzurePipelinesDriver(limits), source, server.url);
    },
    lists: [
      {
        what: "builds",
        matches: ({ path, query }) =>
          path.endsWith("/build/builds") &&
          query.get("queryOrder") === "queueTimeAscending" &&
          (query.get("minTime") ?? "") < hour(1) &&
          (query.get("maxTime") ?? "") > hour(12),
        rows: "value",
      },
    ],
  },
  {
    name: "CircleCI",
    secret: circleciToken,
    renewed: "CCIPAT_renewed",
    async start() {
      const pipelines = rows(22, (number) => ({
        number,
        at: hour(number),
        branch: isWanted(number) ? "main" : "other",
      }));
      const { source, server } = await startCircleci({ pageSize: 6, pipelines });
      return running(createCircleciDriver(limits), source, server.url);
    },
    lists: [at(/\/shop\/pipeline$/, "pipelines", "items")],
  },
];

const ticketSystems: readonly SystemUnderFault[] = [
  {
    name: "Jira Server",
    secret: jiraToken,
    renewed: "ATATT-renewed",
    async start() {
      const { source, server } = await startJira({
        accountHeader: null,
        issues: rows(35, (number) => ({
          key: `SHOP-${number}`,
          created: hour(number).replace("Z", "+0000"),
          ...(isWanted(number) ? { comments: 25, commentsShown: 3 } : {}),
        })),
      });
      const { user: _user, ...withoutUser } = source;
      return running(createJiraDriver(limits), { ...withoutUser, flavour: "server" }, server.url);
    },
    lists: [
      { what: "tickets", matches: ({ query }) => query.get("fields") === "*all", rows: "issues" },
      { what: "keys", matches: ({ query }) => query.get("fields") === "created", rows: "issues" },
      at(/\/SHOP-8\/comment$/, "comments", "comments"),
    ],
  },
  {
    name: "ServiceNow",
    secret: toolToken,
    renewed: "a-renewed-token",
    async start() {
      const { driver, source, server } = await startServicenow(35);
      return running(driver, source, server.url);
    },
    lists: [
      {
        what: "change requests",
        matches: ({ path, query }) => path.endsWith("/change_request") && query.has("sysparm_offset"),
        rows: "result",
      },
    ],
  },
];

const deploymentTools: readonly SystemUnderFault[] = [
  {
    name: "Argo CD",
    secret: toolToken,
    renewed: "a-renewed-token",
    async start() {
      const applications = rows(12, (number) => application(`web-${number}`, 3));
      const { driver, source, server } = await startArgocd({ applications });
      return running(driver, source, server.url);
    },
    lists: [],
  },
  {
    name: "Spinnaker",
    secret: toolToken,
    renewed: "a-renewed-token",
    async start() {
      const { driver, source, server } = await startSpinnaker(230);
      return running(driver, source, server.url);
    },
    lists: [
      {
        what: "executions",
        matches: ({ path, query }) => path.endsWith("/search") && query.get("expand") === "true",
        rows: null,
      },
      {
        what: "executions in the opposite order",
        matches: ({ path, query }) =>
          path.endsWith("/search") && query.get("expand") === "false" && !query.has("pipelineName"),
        rows: null,
      },
    ],
  },
  {
    name: "Octopus Deploy",
    secret: toolToken,
    renewed: "a-renewed-key",
    async start() {
      const { driver, source, server } = await startOctopus(35);
      return running(driver, source, server.url);
    },
    lists: [at(/\/deployments$/, "deployments", "Items")],
  },
  {
    name: "Kubernetes and Helm",
    secret: clusterToken,
    renewed: clusterToken.replace(/[^.]*$/, "cmVuZXdlZA"),
    async start() {
      const replicaSets = rows(9, (number) => replicaSet(number));
      const { driver, source, server } = await startKubernetes({ replicaSets }, { helm: true }, 2);
      return running(driver, source, server.url);
    },
    lists: [at(/\/replicasets$/, "replica sets", "items")],
  },
  {
    name: "AWS CodeDeploy",
    secret: awsKey,
    renewed: awsKey.replace("EXAMPLE:", "RENEWED:"),
    renewedIsAnother: true,
    expired: {
      does: "answer",
      status: 400,
      body: { __type: "ExpiredTokenException", message: "The security token included in the request is expired" },
    },
    async start() {
      const { driver, source } = await startCodedeploy(130, 30);
      return running(driver, source, source.apiUrl ?? "");
    },
    lists: [
      {
        what: "deployments",
        matches: ({ body }) => body.includes("createTimeRange"),
        rows: "deployments",
      },
    ],
  },
];

/** Every system that is read over HTTP, but for the two of the demo, which a test of their own holds to the same. */
export const systemsUnderFault = [...codeHosts, ...buildServers, ...ticketSystems, ...deploymentTools];
