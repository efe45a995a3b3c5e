import { expect, it } from "vitest";
import { faultOf } from "../../../../shared/errors.ts";
import { resolvePeriod } from "../../../../shared/model/period.ts";
import { evidenceOf } from "../pull-double.ts";
import { everythingKept, pullDyingAtEverySave, pullWithSecret } from "../pull-with-secret.ts";
import { secret, secretKey, startCodedeploy } from "./fake-codedeploy.ts";
import { factsOf } from "./tool-under-test.ts";

const settings = { period: resolvePeriod("2025-01-01", "2025-06-30", "UTC") };

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
