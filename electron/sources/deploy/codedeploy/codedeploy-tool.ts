import { z } from "zod";
import { millisecondsOf } from "../../../../shared/model/instant.ts";
import type { SourceOf } from "../../../../shared/model/source.ts";
import { windowOf } from "../../audit-window.ts";
import { parseAnswer } from "../../http/json-client.ts";
import type { Question } from "../../list-pull/list-cursor.ts";
import { createListDriver } from "../../list-pull/list-driver.ts";
import type { ListTool } from "../../list-pull/list-tool.ts";
import type { SourceContext } from "../../source-driver.ts";
import { createCodedeployClient, readAccessKey } from "./codedeploy-client.ts";

const Token = z.string().nullish();
const Groups = z.object({ deploymentGroups: z.array(z.string()).default([]), nextToken: Token });
const Ids = z.object({ deployments: z.array(z.string()).default([]), nextToken: Token });
const Found = z.object({ deploymentsInfo: z.array(z.object({ deploymentId: z.string() })).default([]) });

/** As many as one question may name. */
const batch = 25;
const again = "deployments, listed once more";

/** Deployments of an AWS CodeDeploy application. It tells no total, so they are listed once more when all were read. */
export const codedeployTool: ListTool<"codedeploy"> = {
  kind: "codedeploy",
  name: "CodeDeploy",
  other: "deployment-tool.other",
  connect: createCodedeployClient,
  async identify(client, source, context) {
    const { id } = readAccessKey(context.readSecret(source.token));
    const answer = await client.ask(groups(source));
    const identity = `access key ${id}`;
    return { account: id, identity, access: "rights not told", canWrite: null, notes: [], answers: [answer] };
  },
  begin: (source) => [groups(source), { ...groups(source), list: again }],
  read(question, answer, source, context) {
    if (question.format === "codedeploy.deployments") {
      return { keys: parseAnswer(Found, answer).deploymentsInfo.map(({ deploymentId }) => deploymentId) };
    }
    const { list, query } = question;
    if (question.path === "ListDeploymentGroups") {
      const { deploymentGroups, nextToken } = parseAnswer(Groups, answer);
      const lists = deploymentGroups.map((group) => {
        const deployments = listOf(source, context, group, list === again ? again : "deployments listed");
        return { list: "", key: group, question: deployments };
      });
      const keys = list === again ? [] : deploymentGroups;
      return { keys, details: lists, ...(nextToken ? { next: { ...question, query: { ...query, nextToken } } } : {}) };
    }
    const { deployments, nextToken } = parseAnswer(Ids, answer);
    // In the second list nearly all are known: those that are not are asked for one by one.
    const size = list === again ? 1 : batch;
    const batches = Array.from({ length: Math.ceil(deployments.length / size) }, (_, index) =>
      deployments.slice(index * size, (index + 1) * size),
    );
    return {
      keys: deployments,
      details: batches.map((ids) => ({
        list: "deployments",
        key: ids[0] ?? "",
        question: details(ids),
        isLate: list === again,
      })),
      ...(nextToken ? { next: { ...question, query: { ...query, nextToken }, expires: true } } : {}),
    };
  },
  checks: { "deployments listed": "deployments", [again]: "deployments" },
  describe(source, context) {
    const { query } = listOf(source, context, "each of its groups", "");
    const endpoint = `AWS CodeDeploy in ${source.region}, application ${source.application}`;
    return { endpoint, query: `ListDeployments ${JSON.stringify(query)}, BatchGetDeployments` };
  },
  covers: ({ repository }) => [{ kind: "deployments", scope: repository }],
  remarks: [
    "CodeDeploy tells whether a person or a rule created a deployment, and not who; that is in CloudTrail.",
    "Deployments are listed by group: those of a group that was deleted or renamed since cannot be asked for.",
  ],
};

export const codedeployDriver = createListDriver(codedeployTool);

function groups({ application }: SourceOf<"codedeploy">): Question {
  const query = { applicationName: application };
  return { list: "deployment groups", path: "ListDeploymentGroups", query, format: "deployment-tool.other", memo: {} };
}

function listOf(source: SourceOf<"codedeploy">, { period }: SourceContext, group: string, list: string): Question {
  const { from, to } = windowOf(period);
  return {
    list,
    path: "ListDeployments",
    query: {
      applicationName: source.application,
      deploymentGroupName: group,
      createTimeRange: { start: millisecondsOf(from) / 1000, end: millisecondsOf(to) / 1000 },
    },
    format: "deployment-tool.other",
    memo: {},
  };
}

function details(ids: string[]): Question {
  const query = { deploymentIds: ids };
  return { list: "deployments", path: "BatchGetDeployments", query, format: "codedeploy.deployments", memo: {} };
}
