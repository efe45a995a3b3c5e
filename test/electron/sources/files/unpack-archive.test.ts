import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { filesDriver } from "../../../../electron/sources/files/files-driver.ts";
import { readEvidence } from "../../../../shared/facts/evidence-reading.ts";
import { FilesSource } from "../../../../shared/model/source.ts";
import { createPullDouble, pullOnce, temporaryFolder } from "../pull-double.ts";

const source = FilesSource.parse({ id: "slack", kind: "files", path: "." });

function slackExport(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "releases"));
  writeFileSync(
    join(folder, "releases/2025-02-03.json"),
    JSON.stringify([{ type: "message", user: "U1", ts: "1738577700.000100", text: "v7 is live" }]),
  );
  writeFileSync(
    join(folder, "channels.json"),
    JSON.stringify([{ id: "C1", name: "releases", created: 1, members: [] }]),
  );
  return folder;
}

function zip(folder: string, ...options: string[]): string {
  const out = join(temporaryFolder(), "export.zip");
  execFileSync("zip", ["-q", "-r", ...options, out, "."], { cwd: folder });
  return out;
}

it("a Slack export is read from its ZIP as from its folder", async () => {
  const path = zip(slackExport());
  const { records, outcome } = await pullOnce(filesDriver, { ...source, path });
  expect(records.map(({ format, locator }) => [format, locator])).toEqual([
    ["slack.channels", "export.zip/channels.json"],
    ["slack.day", "export.zip/releases/2025-02-03.json"],
  ]);
  const read = records.map((record) => readEvidence({ ...record, sha256: "0".repeat(64), sourceId: "slack" }, source));
  expect(read.flatMap(({ facts }) => facts)).toMatchObject([
    { kind: "announcement", channel: "releases", text: "v7 is live" },
  ]);
  expect(outcome.notes.join("\n")).toContain("export.zip is an archive of 2 files");
});

it("a pull that died goes on with what it had unpacked", async () => {
  const path = zip(slackExport());
  const dead = createPullDouble({ dieAtSave: 1 });
  await filesDriver.pull({ ...source, path }, dead.context).catch(() => undefined);
  const { records } = await pullOnce(filesDriver, { ...source, path }, { after: dead });
  expect(records).toHaveLength(2);
});

it("an archive with a link, one that is encrypted, cut or a bomb is refused, and nothing of it is left", async () => {
  const linked = slackExport();
  symlinkSync("/etc/hostname", join(linked, "link.json"));
  const cut = join(temporaryFolder(), "cut.zip");
  writeFileSync(cut, readFileSync(zip(slackExport())).subarray(0, 200));
  const bomb = temporaryFolder();
  writeFileSync(join(bomb, "zeros.json"), Buffer.alloc(80 * 2 ** 20));
  for (const path of [zip(linked, "-y"), zip(slackExport(), "-P", "secret"), cut, zip(bomb)]) {
    const double = createPullDouble();
    await expect(filesDriver.pull({ ...source, path }, double.context)).rejects.toMatchObject({
      code: "record-invalid",
    });
    const left = join(double.context.workFolder, "unpacked");
    expect(existsSync(left) ? readdirSync(left) : []).toEqual([]);
  }
});

it("a name that leads out of the archive is refused", async () => {
  const path = zip(slackExport());
  const evil = readFileSync(path).toString("latin1").replaceAll("releases/2025-02-03.json", "../../../../tmp/evil.jsn");
  writeFileSync(path, Buffer.from(evil, "latin1"));
  await expect(pullOnce(filesDriver, { ...source, path })).rejects.toMatchObject({ code: "record-invalid" });
});
