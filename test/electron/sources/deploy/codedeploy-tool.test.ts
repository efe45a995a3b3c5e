import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { codedeployTool } from "../../../../electron/sources/deploy/codedeploy/codedeploy-tool.ts";
import { createListDriver } from "../../../../electron/sources/list-pull/list-driver.ts";
import { faultOf } from "../../../../shared/errors.ts";
import { resolvePeriod } from "../../../../shared/model/period.ts";
import { Source, type SourceOf } from "../../../../shared/model/source.ts";
import { quickLimits } from "../code-host/fake-github.ts";
import { evidenceOf } from "../pull-double.ts";
import { everythingKept, pullDyingAtEverySave, pullWithSecret } from "../pull-with-secret.ts";
import { factsOf } from "./tool-under-test.ts";

const settings = { period: resolvePeriod("2025-01-01", "2025-06-30", "UTC") };
const secretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const secret = `AKIAIOSFODNN7EXAMPLE:${secretKey}`;
const pageSize = 100;

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
async function startCodedeploy(count: number) {
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

it("a deployment says its group, its revision and the one before; who asked is not in it", async () => {
  const { driver, source } = await startCodedeploy(1);
  const pulled = await pullWithSecret(driver, source, secret, settings);
  expect(factsOf(pulled, source, "deployment")).toMatchObject([
    {
      id: "d-000000000",
      environment: "production",
      production: true,
      revision: "c".repeat(40),
      previousRevision: "shop.zip@e1",
      at: "2025-02-19T21:21:00.000Z",
      by: "",
      trigger: "user",
      status: "Succeeded",
    },
  ]);
  expect(pulled.outcome).toMatchObject({ identity: "access key AKIAIOSFODNN7EXAMPLE" });
});

it("all are listed for the period with its margin, read in batches, and listed once more", async () => {
  const { driver, source, seen } = await startCodedeploy(230);
  const { outcome } = await pullWithSecret(driver, source, secret, settings);
  expect(outcome.counts).toMatchObject({ deployments: 230 });
  for (const { expected, received } of outcome.tieOuts) expect([expected, received]).toEqual([230, 230]);
  const [list] = seen.filter(({ verb }) => verb === "ListDeployments");
  expect(list?.query.createTimeRange).toEqual({
    start: Date.parse("2024-12-02T00:00:00Z") / 1000,
    end: Date.parse("2025-07-31T00:00:00Z") / 1000,
  });
  const batches = seen.filter(({ verb }) => verb === "BatchGetDeployments");
  expect(Math.max(...batches.map(({ query }) => (query.deploymentIds as string[]).length))).toBe(25);
});

it("one that only the second list has is fetched", async () => {
  const { fake, driver, source, seen } = await startCodedeploy(30);
  const all = fake.ids;
  fake.refuse = ({ verb }) => {
    const isSecond =
      verb === "ListDeployments" && seen.some((asked) => asked.verb === "ListDeployments" && asked !== seen.at(-1));
    fake.ids = isSecond ? all : all.slice(1);
    return null;
  };
  const { outcome } = await pullWithSecret(driver, source, secret, settings);
  expect(outcome.counts).toMatchObject({ deployments: 30 });
});

it("only verbs that read are ever asked, signed, with the secret in nothing that is sent or kept", async () => {
  const { driver, source, seen } = await startCodedeploy(60);
  const whole = await pullWithSecret(driver, source, secret, settings);
  const broken = await pullDyingAtEverySave(driver, source, secret, settings);
  const content = (pulled: typeof whole) => evidenceOf(pulled).filter((line) => line.startsWith("codedeploy."));
  expect(content(broken)).toEqual(content(whole));
  expect(new Set(seen.map(({ method, verb }) => `${method} ${verb}`))).toEqual(
    new Set(["POST ListDeploymentGroups", "POST ListDeployments", "POST BatchGetDeployments"]),
  );
  expect(seen.every(({ authorization }) => authorization.startsWith("AWS4-HMAC-SHA256 Credential=AKIA"))).toBe(true);
  expect(everythingKept(whole) + JSON.stringify(seen)).not.toContain(secretKey);
});

it("what AWS says in an answer 400 decides which fault it is", async () => {
  const { fake, driver, source } = await startCodedeploy(1);
  for (const [type, code] of [
    ["UnrecognizedClientException", "http-unauthorised"],
    ["com.amazonaws#AccessDeniedException", "http-forbidden"],
    ["ThrottlingException", "http-rate-limited"],
    ["ApplicationDoesNotExistException", "http-not-found"],
    ["InvalidTimeRangeException", "http-unexpected-status"],
  ]) {
    fake.refuse = () => ({ status: 400, body: { __type: type, message: "no" } });
    const thrown = await pullWithSecret(driver, source, secret, settings).catch((error: unknown) => error);
    expect(faultOf(thrown).code).toBe(code);
  }
});

it("a secret that is no access key is refused before anything is asked", async () => {
  const { driver, source, seen } = await startCodedeploy(1);
  const thrown = await pullWithSecret(driver, source, "just-a-token", settings).catch((error: unknown) => error);
  expect(faultOf(thrown).code).toBe("source-invalid");
  expect(seen).toEqual([]);
});
