import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { createEngine } from "../../../electron/engine/handlers.ts";
import { openForReading } from "../../../electron/store/engagement-file.ts";
import type { Procedure, RequestOf, ResponseOf } from "../../../shared/ipc/contract.ts";

async function openEngine() {
  const folder = mkdtempSync(join(tmpdir(), "tickmark-files-pull-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const engine = createEngine(() => {});
  const call = async <P extends Procedure>(procedure: P, request: RequestOf<P>) =>
    (await engine.call(procedure, request)) as ResponseOf<P>;
  const path = join(folder, "audit.tickmark");
  await call("engagement.create", {
    path,
    name: "Change management",
    entity: "Example Ltd",
    from: "2025-01-01",
    to: "2025-06-30",
    timeZone: "Europe/London",
    auditor: "Ada Auditor",
  });
  return { folder, path, call, close: () => engine.close() };
}

function issue(number: number): string {
  const created = `2025-0${1 + (number % 5)}-03T10:00:00.000+0000`;
  const fields = { summary: "Raise the limit", status: { name: "Done" }, created, updated: created };
  return JSON.stringify({ key: `ABC-${number}`, fields });
}

it("the IPE record of handed-over files counts facts and unread lines, ties them out and says what is covered", async () => {
  const { folder, path, call, close } = await openEngine();
  const lines = [issue(1), "", "{ broken", issue(2), '{"key":"ABC-3"}', issue(4)];
  writeFileSync(join(folder, "issues.jsonl"), `${lines.join("\r\n")}\r\n`);
  const source = { id: "tickets", kind: "files", path: "issues.jsonl" } as const;
  await call("source.add", { source });
  const [ipe] = await call("pull.run", {});
  expect(ipe?.reading).toMatchObject({
    facts: { ticket: 3 },
    first: "2025-02-03T10:00:00.000Z",
    last: "2025-05-03T10:00:00.000Z",
    unread: {
      count: 2,
      first: [{ locator: "issues.jsonl#L1-6", place: "line 3", reason: "not JSON" }, { place: "line 5" }],
    },
    lines: { read: 3, passedOver: 0, blank: 1, unread: 2 },
  });
  expect(ipe?.tieOuts).toMatchObject([
    { what: "bytes", expected: ipe?.tieOuts[0]?.received },
    { what: "lines and records", expected: 6, received: 6 },
  ]);
  expect(ipe?.coverage).toEqual([
    {
      kind: "tickets",
      scope: "ABC",
      sourceId: "tickets",
      from: "2025-02-03T10:00:00.000Z",
      to: "2025-05-03T10:00:00.001Z",
    },
  ]);
  await close();
  const store = openForReading(path);
  expect(store.document("", "unread/1-tickets/1")).toHaveLength(2);
  store.close();
});

it("what the files are said to be whole for is what they cover", async () => {
  const { folder, call, close } = await openEngine();
  writeFileSync(join(folder, "issues.jsonl"), `${issue(1)}\n`);
  const covers = { from: "2025-01-01", to: "2025-06-30" };
  await call("source.add", { source: { id: "tickets", kind: "files", path: "issues.jsonl", covers } });
  const [ipe] = await call("pull.run", {});
  expect(ipe?.coverage).toEqual([
    {
      kind: "tickets",
      scope: "ABC",
      sourceId: "tickets",
      from: "2025-01-01T00:00:00.000Z",
      to: "2025-06-30T23:00:00.000Z",
    },
  ]);
  expect(ipe?.notes).toContain("Whoever handed the files over says that they are whole from 2025-01-01 to 2025-06-30.");
  await close();
});
