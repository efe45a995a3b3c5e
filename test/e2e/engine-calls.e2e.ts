import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import { utilityFlags } from "../../electron/main/memory-flags.ts";
import type { EventOf } from "../../shared/ipc/contract.ts";
import { type Application, type EngineHost, openTickmark, processIdsOf } from "./application.ts";

/*
 * Both ways of running the engine. While the tests run on the stand-in Electron its own Node is too old to load
 * better-sqlite3, so in the utility process the engine answers only what needs no store, and the verifier only what Node 20 can
 * do; whole-job.e2e.ts does the whole job on the project's Node, and in the utility process too where Electron is newer.
 */
const hosts: readonly { host: EngineHost; reach: string }[] = [
  { host: "project's Node", reach: "with the store" },
  { host: "utility process", reach: "as far as Electron's own Node allows: without the store" },
];

for (const { host, reach } of hosts) {
  test.describe(`the engine on ${host === "utility process" ? "the utility process" : "the project's Node"}, ${reach}`, () => {
    let application: Application;

    test.beforeAll(async () => {
      application = await openTickmark(host);
    });

    test.afterAll(async () => {
      await application.close();
    });

    test("answers the page, on the Node that was asked for", async () => {
      const answer = await application.page.evaluate(() => window.tickmark.call("engine.ping", {}));
      const electronNode = await application.electron.evaluate(() => process.version);
      expect(answer).toEqual({ ok: true, value: expect.objectContaining({ node: expect.any(String) }) });
      const node = answer.ok ? answer.value.node.replace(/^v/, "") : "";
      expect(`v${node}` === electronNode).toBe(host === "utility process" || electronNode === process.version);
    });

    if (host === "utility process") {
      test("is started with as little memory as on the project's Node", async () => {
        const entry = fileURLToPath(new URL("memory-told.mjs", import.meta.url));
        const told = await application.electron.evaluate(
          ({ utilityProcess }, { entry, execArgv }) => {
            const child = utilityProcess.fork(entry, [], { execArgv });
            return new Promise<{ collects: boolean; young: number }>((resolve) => child.once("message", resolve));
          },
          { entry, execArgv: [...utilityFlags] },
        );
        expect(told.collects).toBe(true);
        expect(told.young).toBeLessThanOrEqual(2 * (4 << 20));
      });
    }

    test("leaves bundles to the verifier, which answers from a process of its own", async () => {
      const answer = await application.page.evaluate(
        (zipPath) => window.tickmark.call("bundle.verify", { zipPath }),
        join(application.folder, "none.zip"),
      );
      expect(answer).toEqual({ ok: false, fault: expect.objectContaining({ code: "bundle-missing" }) });
      expect(await processIdsOf(application, "verifier")).toHaveLength(1);
      expect(await processIdsOf(application, "engine")).toHaveLength(1);
    });

    test("is not asked for a procedure that the contract does not know", async () => {
      const names = ["no.such", "constructor", "__proto__", "", 7, null];
      const codes = await application.page.evaluate(
        (all) =>
          Promise.all(
            all.map(async (name) => {
              const answer = await window.tickmark.call(name as "engine.ping", {});
              return answer.ok ? "answered" : answer.fault.code;
            }),
          ),
        names,
      );
      expect(codes).toEqual(names.map(() => "request-invalid"));
    });

    test("is not asked with a request of the wrong shape, nor with one above the size limit", async () => {
      const answers = await application.page.evaluate(() =>
        Promise.all([
          window.tickmark.call("engagement.open", { path: 7 } as unknown as { path: string }),
          window.tickmark.call("engagement.open", { path: "" }),
          window.tickmark.call("engine.ping", { filler: "x".repeat(1024 * 1024) } as unknown as Record<string, never>),
        ]),
      );
      const refused = { ok: false, fault: expect.objectContaining({ code: "request-invalid" }) };
      expect(answers).toEqual([refused, refused, refused]);
      expect(answers.map((answer) => (answer.ok ? "" : answer.fault.message))).toEqual([
        expect.stringContaining("path"),
        expect.stringContaining("path"),
        expect.stringContaining("1048576"),
      ]);
    });

    test("when it is killed, the call under way is rejected, it is started again and the window is told", async () => {
      const { page } = application;
      const [killed] = await processIdsOf(application, "engine");
      if (killed === undefined) {
        throw new Error("There is no engine to kill.");
      }
      // Held still, so that the call is certainly under way when the process dies.
      process.kill(killed, "SIGSTOP");
      await page.evaluate(() => {
        const seen: EventOf<"engine-state">[] = [];
        window.tickmark.on("engine-state", (state) => seen.push(state));
        Object.assign(window, { seen, underWay: window.tickmark.call("engine.ping", {}) });
      });
      process.kill(killed, "SIGKILL");
      const answer = await page.evaluate(() => (window as unknown as { underWay: Promise<unknown> }).underWay);
      expect(answer).toEqual({ ok: false, fault: expect.objectContaining({ code: "engine-stopped" }) });

      const next = await page.evaluate(() => window.tickmark.call("engine.ping", {}));
      expect(next.ok).toBe(true);
      const running = await processIdsOf(application, "engine");
      expect(running).toHaveLength(1);
      expect(running).not.toEqual([killed]);
      const states = await page.evaluate(() =>
        (window as unknown as { seen: { state: string }[] }).seen.map((one) => one.state),
      );
      expect(states).toContain("restarted");
    });
  });
}
