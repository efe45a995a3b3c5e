import { z } from "zod";
import type { Fact, ReadFacts } from "../../model/facts.ts";
import { type HostElementReader, isPipelineAccount, isProduction, shaped } from "../code-host/host-pages.ts";
import { OptionalTime, Text, Time } from "../code-host/host-shapes.ts";
import { type FormatReader, repositoryOf } from "../format-reader.ts";
import { parseShape, readElements, readJson, unreadWhole } from "../json-evidence.ts";
import { List } from "./github-shapes.ts";

const Node = z.object({
  databaseId: z.number().int().positive(),
  commitOid: z.string(),
  environment: Text,
  createdAt: Time,
  creator: z.object({ login: z.string() }).nullish(),
  statuses: z
    .object({
      nodes: z.array(z.object({ state: z.string(), updatedAt: OptionalTime, createdAt: OptionalTime })).nullish(),
    })
    .nullish(),
});
const Answer = z.object({ data: z.object({ repository: z.object({ deployments: z.object({ nodes: List }) }) }) });

const place = "/data/repository/deployments/nodes";

/** An answer of the GraphQL API with a repository's deployments. Each node has its statuses with it. */
export const readGraphqlDeployments: FormatReader = (input, source) =>
  readJson((evidence, json): ReadFacts => {
    const answer = parseShape(Answer, json);
    if ("reason" in answer) return unreadWhole(evidence, answer);
    const context = { repository: repositoryOf(source), source, input, request: 0 };
    return readElements(
      evidence,
      answer.data.data.repository.deployments.nodes,
      place,
      graphqlDeploymentReader(context),
    );
  })(input, source);

/** One node, its names as GraphQL has them or with a capital in front, as some collectors keep them. */
export const graphqlDeploymentReader: HostElementReader = (context) => (element, origin) =>
  shaped(Node, (node, _element, at): readonly Fact[] => {
    const { repository } = context;
    const login = node.creator?.login ?? "";
    const deployment = String(node.databaseId);
    const statuses = (node.statuses?.nodes ?? []).map(
      (status): Fact => ({
        kind: "deployment-status",
        origin: at,
        repository,
        deployment,
        environment: node.environment,
        state: status.state.toLowerCase(),
        at: status.createdAt ?? status.updatedAt ?? node.createdAt,
        by: "",
        build: "",
      }),
    );
    return [
      {
        kind: "deployment",
        origin: at,
        repository,
        id: deployment,
        service: "",
        environment: node.environment,
        production: isProduction(context, node.environment),
        revision: node.commitOid,
        previousRevision: "",
        at: node.createdAt,
        by: login,
        requestedBy: "",
        trigger: "",
        byPipeline: login === "github-actions" || isPipelineAccount(context, login),
        status: "asked for",
      },
      ...statuses,
    ];
  })(withSmallInitials(element), origin);

function withSmallInitials(element: unknown): unknown {
  if (typeof element !== "object" || element === null) return element;
  return Object.fromEntries(
    Object.entries(element).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]),
  );
}
