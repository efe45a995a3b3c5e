import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import type { EventOf, Procedure, RequestOf, ResponseOf } from "../../shared/ipc/contract.ts";
import { type Application, type EngineHost, openTickmark } from "./application.ts";

/*
 * The main job through the window's own bridge: window, main process, engine with its store, and verifier, each in its
 * own process, on the demo's sources over real HTTP and real git.
 */

/** Older ones have a Node that can load neither better-sqlite3 nor all of the verifier: see engine-calls.e2e.ts for them. */
const firstElectronWithStore = 35;
const electronMajor = Number(process.env.TICKMARK_ELECTRON_VERSION?.split(".")[0]);
const hosts: readonly EngineHost[] =
  electronMajor >= firstElectronWithStore ? ["project's Node", "utility process"] : ["project's Node"];

/** Calls as a screen does; a fault fails the test with its sentence. */
async function ask<P extends Procedure>(
  { page }: Application,
  procedure: P,
  request: RequestOf<P>,
): Promise<ResponseOf<P>> {
  const answer = await page.evaluate(([name, asked]) => window.tickmark.call(name as P, asked as RequestOf<P>), [
    procedure,
    request,
  ] as const);
  if (!answer.ok) {
    throw new Error(`${procedure}: ${answer.fault.code}: ${answer.fault.message} ${answer.fault.action}`);
  }
  return answer.value;
}

for (const host of hosts) {
  test(`the whole job runs from the window with the engine on the ${host}, from the demo's sources to a bundle that verifies`, async () => {
    test.setTimeout(300_000);
    const application = await openTickmark(host);
    try {
      const zipPath = join(application.folder, "bundle.zip");
      await pullAndEvaluate(application);
      await exportAndVerify(application, zipPath);
      await stopVerifying(application, zipPath);
      await verifyElsewhere(host, zipPath);
    } finally {
      await application.close();
    }
  });
}

async function pullAndEvaluate(application: Application): Promise<void> {
  const { page, folder } = application;
  await page.evaluate(() => {
    const progress: EventOf<"pull-progress">[] = [];
    window.tickmark.on("pull-progress", (one) => progress.push(one));
    Object.assign(window, { progress });
  });
  const created = await ask(application, "engagement.create-demo", { folder: join(folder, "demo") });
  expect(created.counts.sources).toBeGreaterThan(2);
  const records = await ask(application, "pull.run", {});
  expect(records).toHaveLength(created.counts.sources);
  expect(await page.evaluate(() => (Reflect.get(window, "progress") as unknown[]).length)).toBeGreaterThan(0);

  const population = await ask(application, "population.freeze", {});
  const changes = population.freezes.find((freeze) => freeze.population === "change");
  expect(changes?.size).toBeGreaterThan(20);
  const rationale = "Twenty changes, to see every control at work.";
  const draw = { method: "rank", size: 20, seed: "whole-job", rationale } as const;
  await ask(application, "sample.draw", { population: "change", ...draw });
  const summaries = await ask(application, "evaluation.run", {});
  expect(summaries.find((summary) => summary.control === "REV-01")?.tested).toBe(20);
}

async function exportAndVerify(application: Application, zipPath: string): Promise<void> {
  expect(await ask(application, "identity.show", {})).toBeNull();
  const identity = await ask(application, "identity.create", { commonName: "Ada Auditor", organisation: "Audit Ltd" });
  expect(await ask(application, "identity.show", {})).toEqual(identity);
  const exported = await ask(application, "export.write", { zipPath });
  expect(exported?.signer).toEqual(identity);
  expect(existsSync(exported?.pdfPath ?? "")).toBe(true);

  const report = await ask(application, "bundle.verify", { zipPath });
  expect(report.checks.filter((check) => check.outcome === "failed")).toEqual([]);
  expect(report.verdict).toBe("verified");
  expect(report.signer?.fingerprint).toBe(identity.fingerprint);
}

/** The first word of how far it is, is answered with the word to stop. */
async function stopVerifying({ page }: Application, zipPath: string): Promise<void> {
  const [verified, stopped] = await page.evaluate(async (path) => {
    const { tickmark } = window;
    const stopping = new Promise((resolve) => {
      const unlisten = tickmark.on("work-progress", () => {
        unlisten();
        resolve(tickmark.call("bundle.cancel-verification", {}));
      });
    });
    return [await tickmark.call("bundle.verify", { zipPath: path }), await stopping] as const;
  }, zipPath);
  expect(verified).toMatchObject({ ok: false, fault: { code: "cancelled" } });
  expect(stopped).toEqual({ ok: true, value: { cancelled: true } });
}

/** On another installation nobody has compared the fingerprint. */
async function verifyElsewhere(host: EngineHost, zipPath: string): Promise<void> {
  const elsewhere = await openTickmark(host);
  try {
    const report = await ask(elsewhere, "bundle.verify", { zipPath });
    expect(report.checks.filter((check) => check.outcome === "failed")).toEqual([]);
    expect(report.verdict).toBe("verified-signer-unknown");
  } finally {
    await elsewhere.close();
  }
}

test("a fault of the engine reaches the window as a code and sentences, not as a broken call", async () => {
  const application = await openTickmark("project's Node");
  try {
    const answer = await application.page.evaluate(
      (path) => window.tickmark.call("engagement.open", { path }),
      join(application.folder, "none.tickmark"),
    );
    expect(answer).toEqual({ ok: false, fault: expect.objectContaining({ code: "engagement-missing" }) });
  } finally {
    await application.close();
  }
});
