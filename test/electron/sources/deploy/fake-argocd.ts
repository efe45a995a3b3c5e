import { argocdTool } from "../../../../electron/sources/deploy/argocd/argocd-tool.ts";
import { type Answer, startTool } from "./tool-under-test.ts";

/** @param dropped how many of its first syncs are no longer kept */
export function application(name: string, syncs: number, limit?: number, dropped = 0) {
  return {
    metadata: { name, namespace: "argocd", creationTimestamp: "2024-06-01T10:00:00Z" },
    spec: {
      destination: { server: "https://cluster.example", namespace: `${name}-ns` },
      ...(limit === undefined ? {} : { revisionHistoryLimit: limit }),
    },
    status: {
      history: Array.from({ length: syncs }, (_, id) => ({
        id: id + dropped,
        revision: String(id).repeat(40).slice(0, 40),
        deployedAt: `2025-02-${String(id + 10)}T10:00:00Z`,
        initiatedBy: id === 0 ? { username: "ada" } : { automated: true },
      })),
      operationState: {
        // Of a later try of the revision that was deployed last.
        phase: "Failed",
        syncResult: {
          revision: String(syncs - 1)
            .repeat(40)
            .slice(0, 40),
        },
      },
    },
  };
}

interface Fake {
  applications: unknown[];
  rights: Record<string, string>;
  broken: Record<string, Answer>;
}

export async function startArgocd(changes: Partial<Fake> = {}, fields: Record<string, unknown> = {}) {
  const fake: Fake = { applications: [application("web", 3)], rights: {}, broken: {}, ...changes };
  const names = fake.applications.map((one) => (one as { metadata: { name: string } }).metadata.name);
  const started = await startTool(argocdTool, { applications: names, production: ["web"], ...fields }, ({ path }) => {
    const broken = fake.broken[path];
    if (broken !== undefined) return broken;
    if (path === "/api/v1/session/userinfo") return { body: { loggedIn: true, username: "auditor", iss: "argocd" } };
    const action = /^\/api\/v1\/account\/can-i\/applications\/(\w+)\//.exec(path)?.[1];
    if (action !== undefined) return { body: { value: fake.rights[action] ?? "no" } };
    const at = names.indexOf(/^\/api\/v1\/applications\/(.+)$/.exec(path)?.[1] ?? "");
    return at < 0 ? null : { body: fake.applications[at] };
  });
  return { fake, ...started };
}
