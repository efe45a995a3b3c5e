import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { codedeployTool } from "../../../../electron/sources/deploy/codedeploy/codedeploy-tool.ts";
import { createListDriver } from "../../../../electron/sources/list-pull/list-driver.ts";
import { Source, type SourceOf } from "../../../../shared/model/source.ts";
import { quickLimits } from "../code-host/fake-github.ts";

export const secretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
export const secret = `AKIAIOSFODNN7EXAMPLE:${secretKey}`;

interface Asked {
  readonly method: string;
  readonly verb: string;
  readonly query: Record<string, unknown>;
  readonly authorization: string;
}

interface Fake {
  ids: string[];
  /** Answers in place of the usual one. */
  refuse: (asked: Asked) => { status: number; body: unknown } | null;
}

/** A CodeDeploy on loopback with one deployment group. */
export async function startCodedeploy(count: number, pageSize = 100) {
  const fake: Fake = {
    ids: Array.from({ length: count }, (_, number) => `d-${String(number).padStart(9, "0")}`),
    refuse: () => null,
  };
  const seen: Asked[] = [];
  const answerOf = ({ verb, query }: Asked): unknown => {
    if (verb === "ListDeploymentGroups") return { deploymentGroups: ["production"] };
    if (verb === "BatchGetDeployments") return { deploymentsInfo: (query.deploymentIds as string[]).map(info) };
    const from = Number(query.nextToken ?? 0);
    const deployments = fake.ids.slice(from, from + pageSize);
    return from + pageSize < fake.ids.length ? { deployments, nextToken: String(from + pageSize) } : { deployments };
  };
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const asked: Asked = {
      method: request.method ?? "",
      verb: String(request.headers["x-amz-target"]).replace("CodeDeploy_20141006.", ""),
      query: JSON.parse(Buffer.concat(parts).toString() || "{}"),
      authorization: request.headers.authorization ?? "",
    };
    seen.push(asked);
    const { status, body } = fake.refuse(asked) ?? { status: 200, body: answerOf(asked) };
    response.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const token = { in: "environment", name: "UNUSED" };
  const fields = { id: "aws", kind: "codedeploy", repository: "shop", region: "eu-west-1", application: "shop", token };
  const source = Source.parse({ ...fields, apiUrl }) as SourceOf<"codedeploy">;
  return { fake, seen, source, driver: createListDriver(codedeployTool, quickLimits) };
}

function info(deploymentId: string) {
  return {
    deploymentId,
    applicationName: "shop",
    deploymentGroupName: "production",
    status: "Succeeded",
    creator: "user",
    createTime: 1_740_000_000.25,
    completeTime: 1_740_000_060,
    revision: { revisionType: "GitHub", gitHubLocation: { repository: "acme/shop", commitId: "c".repeat(40) } },
    previousRevision: { revisionType: "S3", s3Location: { bucket: "b", key: "shop.zip", eTag: "e1" } },
  };
}
