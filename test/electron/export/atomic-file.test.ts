import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
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
