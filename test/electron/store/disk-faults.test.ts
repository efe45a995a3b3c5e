import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { beginWriting, openLocked } from "../../../electron/store/connection.ts";
import { writableOver } from "../../../electron/store/engagement-handle.ts";
import {
  faultFrom,
  hashFile,
  isClear,
  keepOpen,
  makeClock,
  makeClosedFile,
  makeFolder,
  makeRecord,
  reopen,
  sha256,
} from "./engagement-under-test.ts";

it("a full disk stops a step with one clear sentence, keeps nothing of it and everything before it", () => {
  const path = makeClosedFile();
  const database = openLocked(path);
  beginWriting(database);
  const store = keepOpen(writableOver(database, path, makeClock()));
  const { pull } = store.beginPull("git");
  store.savePullStep(pull.id, { records: [makeRecord("kept")], requests: [], cursor: 1 });
  const free = database.pragma("page_count", { simple: true }) as number;
  database.pragma(`max_page_count = ${free + 2}`);

  const large = {
    records: [makeRecord("first of the step"), makeRecord("large", { bytes: randomBytes(200_000) })],
    requests: [],
    cursor: 2,
  };
  const fault = faultFrom(() => store.savePullStep(pull.id, large));
  expect(fault.code).toBe("disk-full");
  expect(fault).toSatisfy(isClear);
  expect(store.beginPull("git").cursor).toBe(1);
  expect(store.countRecords(pull.id)).toBe(1);

  // With space again the same step goes through.
  database.pragma("max_page_count = 1000000");
  expect(store.savePullStep(pull.id, large)).toMatchObject({ added: [{}, {}], records: 3 });
  expect(store.checkIntegrity()).toEqual({ ok: true, problems: [] });
});

/** Runs as somebody without rights in the folder: for the administrator every folder can be written to. */
function openAsSomebodyElse(how: "write" | "read", path: string): string {
  const script = fileURLToPath(new URL("holding-process.ts", import.meta.url));
  const asNobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const { stdout, stderr } = spawnSync(process.execPath, [script, how, path], {
    encoding: "utf8",
    input: "",
    ...asNobody,
  });
  return stdout.trim() || stderr;
}

it("an engagement in a folder that cannot be written to is refused for work, can be read, and stays as it was", () => {
  const folder = makeFolder();
  const path = makeClosedFile(folder);
  const before = hashFile(path);
  chmodSync(path, 0o666);
  chmodSync(folder, 0o555);
  expect(openAsSomebodyElse("write", path)).toBe("file-unwritable");
  expect(openAsSomebodyElse("read", path)).toBe("open");
  chmodSync(folder, 0o755);
  expect(hashFile(path)).toBe(before);
  expect(existsSync(`${path}-wal`)).toBe(false);
});

it("a file that may only be read is refused for work and can be read", () => {
  const folder = makeFolder();
  const path = makeClosedFile(folder);
  const before = hashFile(path);
  chmodSync(path, 0o444);
  chmodSync(folder, 0o777);
  expect(openAsSomebodyElse("write", path)).toBe("file-unwritable");
  expect(openAsSomebodyElse("read", path)).toBe("open");
  expect(hashFile(path)).toBe(before);
});

it("a file that may not be read says so", () => {
  const folder = makeFolder();
  const path = makeClosedFile(folder);
  chmodSync(folder, 0o755);
  chmodSync(path, 0o000);
  expect(openAsSomebodyElse("write", path)).toBe("file-unreadable");
  expect(openAsSomebodyElse("read", path)).toBe("file-unreadable");
});

it("a step that fails for another reason leaves nothing either", () => {
  const store = reopen(makeClosedFile());
  const { pull } = store.beginPull("git");
  const unknown = { ...makeRecord("b"), format: null as never };
  expect(
    faultFrom(() => store.savePullStep(pull.id, { records: [makeRecord("a2"), unknown], requests: [], cursor: 1 }))
      .code,
  ).toBe("internal");
  expect(store.countRecords(pull.id)).toBe(0);
  expect(store.describeEvidence(sha256("a2"))).toEqual([]);
  expect(store.checkIntegrity().problems).toEqual([]);
});
