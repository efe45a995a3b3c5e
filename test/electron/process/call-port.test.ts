import { fork } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { projectNode, root } from "../../../build/install.mjs";
import type { ReplyMessage } from "../../../shared/ipc/process-protocol.ts";

it("an answer that no window can hold is refused where it was made, and the next one comes", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tickmark-port-"));
  const entry = join(folder, "process.mjs");
  writeFileSync(
    entry,
    `import { answerParent } from ${JSON.stringify(join(root, "electron/process/call-port.ts"))};
     const letters = "x".repeat(1024 * 1024);
     answerParent(() => ({
       call: async (procedure) => (procedure === "all" ? new Array(200).fill(letters) : "small"),
       close: async () => {},
     }));`,
  );
  const child = fork(entry, { execPath: projectNode, serialization: "advanced" });
  try {
    const next = () =>
      new Promise<ReplyMessage>((resolve) => child.once("message", (reply) => resolve(reply as never)));
    child.send({ id: 1, procedure: "all", request: {} });
    expect(await next()).toMatchObject({ id: 1, ok: false, fault: { code: "request-invalid" } });
    child.send({ id: 2, procedure: "one", request: {} });
    expect(await next()).toEqual({ id: 2, ok: true, value: "small" });
  } finally {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
});
