import { expect, it } from "vitest";
import { resolvePeriod } from "../../../../shared/model/period.ts";
import { createPullDouble, evidenceOf } from "../pull-double.ts";
import { everythingKept, pullDyingAtEverySave, pullWithSecret } from "../pull-with-secret.ts";
import { digest, replicaSet, startKubernetes, token } from "./fake-kubernetes.ts";
import { factsOf } from "./tool-under-test.ts";

const settings = { period: resolvePeriod("2025-01-01", "2025-06-30", "UTC") };

it("each revision of a workload is a deployment, with the digest and the commit of its image", async () => {
  const { driver, source } = await startKubernetes();
  const pulled = await pullWithSecret(driver, source, token, settings);
  expect(factsOf(pulled, source, "deployment")).toMatchObject([
    { id: "uid-web-1", service: "web", environment: "production", production: true, revision: "v1", by: "" },
    { id: "uid-web-2", revision: "v2", at: "2025-02-12T10:00:00.000Z", trigger: "revision 2" },
    { id: "uid-db-1", service: "db", revision: "16" },
  ]);
  expect(factsOf(pulled, source, "artifact")[1]).toMatchObject({
    name: `registry.example:5000/shop/web:v1@${digest}`,
    digest,
    commit: "c".repeat(40),
  });
  expect(pulled.outcome).toMatchObject({ identity: "system:serviceaccount:audit:reader" });
});

it("a revision that was rolled out once more leaves a gap, since when is not kept: then nothing is covered", async () => {
  const back = replicaSet(5, { "deployment.kubernetes.io/revision-history": "2" });
  const { driver, source } = await startKubernetes({ replicaSets: [replicaSet(1), back] });
  const { outcome } = await pullWithSecret(driver, source, token, settings);
  expect(outcome.coverage).toEqual([]);
  const other = await pullWithSecret(driver, { ...source, workloads: ["db"] }, token, settings);
  expect(other.outcome.coverage).toMatchObject([{ from: settings.period.start }]);
});

it("a namespace without any workload covers nothing, since one that does not exist answers the same", async () => {
  const { fake, driver, source } = await startKubernetes({ replicaSets: [] });
  fake.statefulSets = [];
  const { outcome } = await pullWithSecret(driver, source, token, settings);
  expect(outcome.coverage).toEqual([]);
});

it("of a workload that the source names and nothing is kept of, nothing is known: then nothing is covered", async () => {
  const { driver, source } = await startKubernetes({}, { workloads: ["db", "another"] });
  const { outcome } = await pullWithSecret(driver, source, token, settings);
  expect(outcome.coverage).toEqual([]);
  expect(outcome.notes).toContain("Nothing is kept of another: it may have been deleted, or is named otherwise.");
});

it("of a workload whose first revisions are gone, however few are kept, nothing before the oldest is covered", async () => {
  const replicaSets = [replicaSet(7), replicaSet(8), replicaSet(1, {}, "tool")];
  for (const pageSize of [500, 1]) {
    const { driver, source } = await startKubernetes({ replicaSets }, {}, pageSize);
    const { outcome } = await pullWithSecret(driver, source, token, settings);
    expect(outcome.coverage).toMatchObject([{ kind: "deployments", from: "2025-02-17T10:00:00.000Z" }]);
    // Also of one whose first revision is there: it may have been deleted and made again.
    const first = await pullWithSecret(driver, { ...source, workloads: ["tool", "db"] }, token, settings);
    expect(first.outcome.coverage).toMatchObject([{ from: "2025-02-11T10:00:00.000Z" }]);
  }
});

it("where a number lacks between those that are kept, or a higher one is the older, nothing is covered", async () => {
  const older = replicaSet(3);
  older.metadata.creationTimestamp = "2025-01-01T10:00:00Z";
  for (const replicaSets of [
    [replicaSet(1), replicaSet(3)],
    [replicaSet(1), replicaSet(2), older],
  ]) {
    const { driver, source } = await startKubernetes({ replicaSets });
    const { outcome } = await pullWithSecret(driver, source, token, settings);
    expect(outcome.coverage).toEqual([]);
    expect(outcome.notes).toContain("Of web revisions lack between those that are kept, or were rolled out once more.");
  }
});

it("of a workload with as many revisions as are kept, nothing before the oldest is covered, over pages as well", async () => {
  const replicaSets = Array.from({ length: 11 }, (_, index) => replicaSet(index + 1));
  const { driver, source } = await startKubernetes({ replicaSets }, {}, 4);
  const { outcome } = await pullWithSecret(driver, source, token, settings);
  expect(outcome.coverage).toMatchObject([{ kind: "deployments", from: "2025-02-11T10:00:00.000Z" }]);
  expect(outcome.tieOuts).toEqual([expect.objectContaining({ what: "replica sets", expected: 11, received: 11 })]);
});

it("only the named workloads are read as deployments", async () => {
  const replicaSets = [replicaSet(1), replicaSet(1, {}, "tool")];
  const { driver, source } = await startKubernetes({ replicaSets }, { workloads: ["web"] });
  const pulled = await pullWithSecret(driver, source, token, settings);
  expect(factsOf(pulled, source, "deployment").map(({ service }) => service)).toEqual(["web"]);
});

it("Helm's releases are asked for by their labels alone, so that no secret is received", async () => {
  const { driver, source, server } = await startKubernetes({}, { helm: true });
  const pulled = await pullWithSecret(driver, source, token, settings);
  const asked = server.seen.find(({ path }) => path.endsWith("/secrets"));
  expect(asked?.headers.accept).toContain("as=PartialObjectMetadataList");
  expect(factsOf(pulled, source, "deployment").at(-1)).toMatchObject({
    service: "shop",
    revision: "shop.v2",
    previousRevision: "shop.v1",
    at: "2025-03-02T10:00:00.000Z",
    status: "superseded",
  });
  expect(everythingKept(pulled)).not.toContain(token);
});

it("an account that may not list secrets reads the rest, and the record says what is not known", async () => {
  const secrets = { status: 403, body: { message: 'secrets is forbidden: User "reader" cannot list' } };
  const { driver, source } = await startKubernetes({ secrets }, { helm: true });
  const { outcome } = await pullWithSecret(driver, source, token, settings);
  expect(outcome.notes).toContain(
    "Kubernetes did not let this account read Helm releases: which releases Helm made is not known.",
  );
});

it("a page whose token ran out begins its list again, and nothing is lost or doubled", async () => {
  const replicaSets = Array.from({ length: 9 }, (_, index) => replicaSet(index + 1));
  const { driver, source } = await startKubernetes({ replicaSets, expired: new Set(["4"]) }, {}, 4);
  const pulled = await pullWithSecret(driver, source, token, settings);
  expect(pulled.outcome.counts).toMatchObject({ "replica sets": 9 });
  expect(pulled.outcome.notes).toContain("The list of replica sets was begun again, since its page token had run out.");
});

it("a pull that dies at every step goes on without losing or doubling anything, with GET alone", async () => {
  const replicaSets = Array.from({ length: 9 }, (_, index) => replicaSet(index + 1));
  const { driver, source, server } = await startKubernetes({ replicaSets }, { helm: true }, 2);
  const whole = await pullWithSecret(driver, source, token, settings);
  const broken = await pullDyingAtEverySave(driver, source, token, settings);
  const content = (pulled: typeof whole) =>
    evidenceOf(pulled).filter((line) => !line.startsWith("deployment-tool.other"));
  expect(content(broken)).toEqual(content(whole));
  expect(broken.outcome).toEqual(whole.outcome);
  expect(new Set(server.seen.map(({ method }) => method))).toEqual(new Set(["GET"]));
});

it("whose token it is, is what the token says of itself; another token is of nobody", async () => {
  const { driver, source } = await startKubernetes();
  const test = (secret: string) =>
    driver.test(source, { ...createPullDouble(settings).context, readSecret: () => secret });
  expect(await test(token)).toMatchObject({ identity: "system:serviceaccount:audit:reader", canWrite: null });
  await expect(test("opaque")).rejects.toMatchObject({ code: "http-unauthorised" });
});
