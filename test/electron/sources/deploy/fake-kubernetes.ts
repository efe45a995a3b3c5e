import { kubernetesTool } from "../../../../electron/sources/deploy/kubernetes/kubernetes-tool.ts";
import { type Answer, startTool } from "./tool-under-test.ts";

const claims = Buffer.from(JSON.stringify({ sub: "system:serviceaccount:audit:reader" })).toString("base64url");
export const token = `e30.${claims}.c2ln`;
export const digest = `sha256:${"d".repeat(64)}`;

export function replicaSet(number: number, more: Record<string, string> = {}, workload = "web") {
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
    creationTimestamp: "2024-03-01T10:00:00Z",
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
  statefulSets: (typeof statefulRevision)[];
  secrets: Answer;
  /** Page tokens that are refused once. */
  expired: Set<string>;
}

export async function startKubernetes(
  changes: Partial<Fake> = {},
  fields: Record<string, unknown> = {},
  pageSize = 500,
) {
  const fake: Fake = {
    replicaSets: [replicaSet(1), replicaSet(2)],
    statefulSets: [statefulRevision],
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
        return { body: { metadata: {}, items: fake.statefulSets } };
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
