import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { writeFileAtomically } from "../../../electron/export/atomic-file.ts";
import { attempt, run, temporaryFolder } from "./real-tools.ts";

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

// A small disk needs a mount: as root, or in a user namespace where the system allows that to everybody.
const apart = process.getuid?.() === 0 ? ["-m"] : ["-rm"];
const canMount =
  process.platform === "linux" &&
  attempt("unshare", [...apart, "mount", "-t", "tmpfs", "tmpfs", folder.path]).status === 0;

describe("a file that is written at once or not at all", () => {
  test("replaces an older one and leaves nothing beside it", async () => {
    const path = folder.at("report.pdf");
    writeFileSync(path, "older");
    const written = await writeFileAtomically(path, Buffer.from("newer"));
    expect(readFileSync(path, "utf8")).toBe("newer");
    expect(written).toEqual({ size: 5, sha256: "804f51f71254c4081e37e7c887073560f4a6fa6cdad202e9ac67e032c43ed1e1" });
    expect(readdirSync(folder.path)).toEqual(["report.pdf"]);
  });

  test("removes what a program that was killed left of it on an earlier day, and nothing else", async () => {
    const path = folder.at("killed/bundle.zip");
    mkdirSync(folder.at("killed"));
    const abandoned = `${path}.partial-0123456789ab`;
    const others = [
      `${path}.partial-ba9876543210`,
      `${path}.partial-notes`,
      folder.at("killed/other.zip.partial-0123456789ab"),
    ];
    for (const each of [abandoned, ...others]) writeFileSync(each, "begun");
    const earlier = Date.now() / 1000 - 25 * 60 * 60;
    for (const each of [abandoned, ...others.slice(1)]) utimesSync(each, earlier, earlier);
    await writeFileAtomically(path, Buffer.from("newer"));
    const left = [path, ...others].map((each) => basename(each));
    expect(readdirSync(folder.at("killed")).sort()).toEqual(left.sort());
    rmSync(folder.at("killed"), { recursive: true });
  });

  test("is not written in a folder that is not there", async () => {
    await expect(writeFileAtomically(folder.at("nowhere/a"), Buffer.from("a"))).rejects.toMatchObject({
      code: "file-unwritable",
    });
  });

  test.skipIf(!canMount && process.env.CI === undefined)("leaves the older one when the disk is full", () => {
    const disk = folder.at("disk");
    mkdirSync(disk);
    const script = fileURLToPath(new URL("full-disk-export.ts", import.meta.url));
    const output = run("unshare", [...apart, process.execPath, script, disk]);
    expect(JSON.parse(output.split("\n").find((line) => line.startsWith("{")) ?? "")).toEqual({
      outcomes: ["disk-full", "disk-full", "disk-full"],
      files: ["bundle.zip"],
      older: "older",
    });
  });
});
