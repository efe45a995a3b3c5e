import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEngine } from "../../../electron/engine/handlers.ts";
import { demoParameters, describeDemoSources } from "../../../electron/engine/steps/demo-step.ts";
import { type DemoSources, makeDemoSources } from "../../../electron/sources/demo/make-demo-sources.ts";
import { type DemoServer, startDemoServer } from "../../../electron/sources/demo/server/demo-server.ts";
import type { Procedure, RequestOf, ResponseOf } from "../../../shared/ipc/contract.ts";
import type { MatrixView, PopulationView } from "../../../shared/model/view.ts";
import { compare } from "../../shared/evaluation/cel-oracle.ts";

const tokenVariable = "TICKMARK_TEST_TOKEN";

describe("the demo engagement, all of it tested", () => {
  const folder = mkdtempSync(join(tmpdir(), "tickmark-key-"));
  const engine = createEngine(() => {});
  const call = <P extends Procedure>(procedure: P, request: RequestOf<P>) =>
    engine.call(procedure, request) as Promise<ResponseOf<P>>;
  let demo: DemoSources;
  let server: DemoServer;
  let population: PopulationView;
  let changes: MatrixView;
  let deployments: MatrixView;

  beforeAll(async () => {
    demo = await makeDemoSources(join(folder, "sources"));
    process.env[tokenVariable] = "demo-token";
    server = await startDemoServer(demo, { token: "demo-token" });
    const { from, to, timeZone } = demo.answerKey.period;
    const details = { name: "Demo", entity: demo.answerKey.entity, auditor: "Test", from, to, timeZone };
    await call("engagement.create", {
      path: join(folder, "demo.tickmark"),
      ...details,
      parameters: demoParameters(demo),
    });
    for (const source of describeDemoSources(demo, server, tokenVariable)) await call("source.add", { source });
    await call("pull.run", {});
    population = await call("population.freeze", {});
    for (const kind of ["change", "deployment"] as const) {
      await call("sample.draw", { population: kind, method: "everything", rationale: "All." });
    }
    await call("evaluation.run", {});
    changes = (await call("evaluation.matrix", { population: "change" })) as MatrixView;
    deployments = (await call("evaluation.matrix", { population: "deployment" })) as MatrixView;
  });

  afterAll(async () => {
    await engine.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("has the changes and deployments of the answer key, and no others", () => {
    const { repository } = demo.story;
    const ids = demo.answerKey.changes.map(({ commit }) => `${repository.name}@${commit}`);
    expect(changes.rows.map(({ id }) => id).sort()).toEqual(ids.sort());
    const deployed = demo.answerKey.deployments.map(({ id }) => `${repository.name}/production/${id}`);
    expect(deployments.rows.map(({ id }) => id).sort()).toEqual(deployed.sort());
  });

  it("comes to the answer key's outcome for every change and every control", () => {
    const outcomes = new Map(changes.rows.map(({ id, outcomes: own }) => [id.split("@")[1], own]));
    for (const { commit, story, expect: expected } of demo.answerKey.changes) {
      const own = outcomes.get(commit);
      const wanted = Object.fromEntries(Object.entries(expected).map(([control, { outcome }]) => [control, outcome]));
      expect({ story, ...own }).toEqual({ story, ...wanted });
    }
  });

  it("comes to the answer key's outcome for every deployment", () => {
    const outcomes = new Map(deployments.rows.map(({ id, outcomes: own }) => [id.split("/").at(-1), own]));
    for (const { id, expect: expected } of demo.answerKey.deployments) {
      expect({ id, outcome: outcomes.get(id)?.["DEP-01"] }).toEqual({ id, outcome: expected["DEP-01"].outcome });
    }
  });

  it("comes to the same by an independent CEL implementation, on every item and assertion", async () => {
    for (const [kind, rows] of [
      ["change", changes.rows],
      ["deployment", deployments.rows],
    ] as const) {
      for (const { id } of rows) compare((await call("evaluation.item", { population: kind, id })).item);
    }
  });

  it("shows each item's own receipt of an answer that several requests gave alike", async () => {
    let looked = 0;
    for (const { id } of changes.rows) {
      const { item, evidence } = await call("evaluation.item", { population: "change", id });
      if (!("request" in item) || !item.request.found) continue;
      for (const { as, record } of evidence.filter(({ record: { format } }) => format === "github.reviews")) {
        expect([as, record.locator]).toEqual([
          "review",
          expect.stringContaining(`/pulls/${item.request.number}/reviews`),
        ]);
        looked += 1;
      }
    }
    expect(looked).toBeGreaterThan(50);
  });

  it("reconciles as the answer key does", () => {
    const key = demo.answerKey.reconciliation;
    const { repository } = demo.story;
    const changeIds = (commits: readonly string[]) => commits.map((commit) => `${repository.name}@${commit}`).sort();
    const { changes: own, tickets, deployments: deployed } = population.reconciliation;
    expect([...own.withoutTicket].sort()).toEqual(changeIds(key.changesWithoutTicket));
    expect([...own.notReleased].sort()).toEqual(changeIds(key.changesNotDeployed));
    expect([...tickets.withoutChange].sort()).toEqual([...key.ticketsWithoutChange].sort());
    const orphans = [...deployed.otherBranch, ...deployed.absent, ...deployed.older, ...deployed.unresolved];
    expect(orphans.map((id) => id.split("/").at(-1)).sort()).toEqual([...key.deploymentsWithoutChange].sort());
  });
});
