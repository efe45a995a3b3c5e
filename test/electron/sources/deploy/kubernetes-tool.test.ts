import { expect, it } from "vitest";
import { kubernetesTool } from "../../../../electron/sources/deploy/kubernetes/kubernetes-tool.ts";
import { resolvePeriod } from "../../../../shared/model/period.ts";
import { createPullDouble, evidenceOf } from "../pull-double.ts";
import { everythingKept, pullDyingAtEverySave, pullWithSecret } from "../pull-with-secret.ts";
import { type Answer, factsOf, startTool } from "./tool-under-test.ts";

const settings = { period: resolvePeriod("2025-01-01", "2025-06-30", "UTC") };
const claims = Buffer.from(JSON.stringify({ sub: "system:serviceaccount:audit:reader" })).toString("base64url");
const token = `e30.${claims}.c2ln`;
const digest = `sha256:${"d".repeat(64)}`;

function replicaSet(number: number, more: Record<string, string> = {}, workload = "web") {
  return {
    metadata: {
      name: `${workload}-${number}`,
      uid: `uid-${workload}-${number}`,
      creationTimestamp: `2025-02-${String((number % 18) + 10)}T10:00:00Z`,
      annotations: { "deployment.kubernetes.io/revision": String(number), ...more },
      ownerReferences: [{ kind: "Deployment", name: workload }],
    },
    spec: {
      template: {
        metadata: { annotations: { "org.opencontainers.image.revision": "c".repeat(40) } },
        spec: {
          containers: [
            { name: "proxy", image: "mesh/proxy:2" },
            { name: workload, image: `registry.example:5000/shop/${workload}:v${number}@${digest}` },
          ],
        },
      },
    },
  };
}

const statefulRevision = {
  metadata: {
    name: "db-1",
    uid: "uid-db-1",
    creationTimestamp: "2025-03-01T10:00:00Z",
    ownerReferences: [{ kind: "StatefulSet", name: "db" }],
  },
  revision: 1,
  data: { spec: { template: { spec: { containers: [{ name: "db", image: "postgres:16" }] } } } },
};

const release = {
  metadata: {
    uid: "uid-helm-2",
    name: "sh.helm.release.v1.shop.v2",
    creationTimestamp: "2025-03-02T10:00:00Z",
    labels: { owner: "helm", name: "shop", version: "2", status: "superseded", modifiedAt: "1741000000" },
  },
};

interface Fake {
  replicaSets: ReturnType<typeof replicaSet>[];
  secrets: Answer;
  /** Page tokens that are refused once. */
  expired: Set<string>;
}

async function startKubernetes(changes: Partial<Fake> = {}, fields: Record<string, unknown> = {}, pageSize = 500) {
  const fake: Fake = {
    replicaSets: [replicaSet(1), replicaSet(2)],
    secrets: { body: { metadata: {}, items: [release] } },
    expired: new Set(),
    ...changes,
  };
  const started = await startTool(
    kubernetesTool,
    { namespace: "shop", environment: "production", ...fields },
    ({ path, query }) => {
      if (path === "/version") return { body: { gitVersion: "v1.32.1" } };
      if (path === "/apis/apps/v1/namespaces/shop/controllerrevisions")
        return { body: { metadata: {}, items: [statefulRevision] } };
      if (path === "/api/v1/namespaces/shop/secrets") return fake.secrets;
      if (path !== "/apis/apps/v1/namespaces/shop/replicasets") return null;
      const from = Number(query.get("continue") ?? 0);
      if (fake.expired.delete(String(from)))
        return { status: 410, body: { message: "The provided continue parameter is too old" } };
      const items = fake.replicaSets.slice(from, from + pageSize);
      const rest = fake.replicaSets.length - from - items.length;
      const metadata = rest > 0 ? { continue: String(from + items.length), remainingItemCount: rest } : {};
      return { body: { metadata, items } };
    },
    ({ headers }) => headers.authorization === `Bearer ${token}`,
  );
  return { fake, ...started };
}

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
  const other = await pullWithSecret(driver, { ...source, workloads: ["another"] }, token, settings);
  expect(other.outcome.coverage).toHaveLength(1);
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
