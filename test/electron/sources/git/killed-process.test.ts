import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { openEngagement } from "../../../../electron/store/engagement-file.ts";
import { temporaryFolder } from "../pull-double.ts";
import { makeLong } from "./repository-under-test.ts";

const script = fileURLToPath(new URL("pulling-process.ts", import.meta.url));

function run(folder: string, saves: number): { signal: string | null; stderr: string } {
  const { signal, stderr } = spawnSync(process.execPath, [script, folder, String(saves)], { encoding: "utf8" });
  return { signal, stderr };
}

/** What an engagement file holds of its pull, in order of receipt. */
function contentOf(folder: string): { evidence: string[]; asked: string[]; recordsDigest: string; records: number } {
  const store = openEngagement(join(folder, "audit.tickmark"), { now: () => "2026-01-06T09:00:00.000Z" });
  try {
    const evidence = [...store.evidenceOf()].map(({ format, locator, sha256 }) => `${format} ${locator} ${sha256}`);
    const [ipe] = store.ipeRecords();
    const asked = [...store.requestsOf(ipe?.pullId ?? "")].map((request) => request.asked);
    return { evidence, asked, recordsDigest: ipe?.recordsDigest ?? "", records: ipe?.records ?? 0 };
  } finally {
    store.close();
  }
}

it("a process that is killed after any step leaves a file in which the next pull ends as if nothing had happened", () => {
  const first = temporaryFolder();
  makeLong(join(first, "shop"));
  expect(run(first, 0)).toEqual({ signal: null, stderr: "" });
  const undisturbed = contentOf(first);
  expect(undisturbed.records).toBeGreaterThan(5000);
  for (const saves of [1, 2, 5]) {
    const folder = temporaryFolder();
    cpSync(join(first, "shop"), join(folder, "shop"), { recursive: true });
    expect(run(folder, saves).signal).toBe("SIGKILL");
    expect(run(folder, 0)).toEqual({ signal: null, stderr: "" });
    expect(contentOf(folder)).toEqual(undisturbed);
  }
});
