import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { listHandedOverFiles } from "../../../../electron/sources/files/handed-over-files.ts";
import { readWholeFile } from "../../../../electron/sources/files/read-whole.ts";
import { faultOf } from "../../../../shared/errors.ts";
import { temporaryFolder } from "../pull-double.ts";

const signal = new AbortController().signal;

it("a folder is listed with its folders in order of names, under names that say nothing of this machine", async () => {
  const base = temporaryFolder();
  mkdirSync(join(base, "handed/b"), { recursive: true });
  for (const name of ["handed/c.json", "handed/a.json", "handed/b/1.json", "handed/.hidden"]) {
    writeFileSync(join(base, name), "{}");
  }
  const files = await listHandedOverFiles("handed", base);
  expect(files.map(({ name }) => name)).toEqual(["handed/a.json", "handed/b/1.json", "handed/c.json"]);
  expect((await listHandedOverFiles(join(base, "handed/c.json"), "/elsewhere"))[0]).toMatchObject({
    name: "c.json",
    size: 2,
  });
});

it("a link in a folder is not followed out of what was handed over", async () => {
  const base = temporaryFolder();
  mkdirSync(join(base, "handed"));
  writeFileSync(join(base, "private.json"), "{}");
  symlinkSync(join(base, "private.json"), join(base, "handed/link.json"));
  symlinkSync(base, join(base, "handed/folder"));
  expect(await listHandedOverFiles("handed", base)).toEqual([]);
});

it("a path that is a link, a pipe or a device is refused at once, and told for what it is", async () => {
  const base = temporaryFolder();
  writeFileSync(join(base, "private.json"), "{}");
  symlinkSync(join(base, "private.json"), join(base, "report.json"));
  execFileSync("mkfifo", [join(base, "pipe.json")]);
  const refusal = (path: string) => listHandedOverFiles(path, base).catch((thrown: unknown) => faultOf(thrown));
  expect(await refusal("report.json")).toMatchObject({
    code: "file-unreadable",
    message: expect.stringContaining("is a link"),
  });
  for (const path of ["pipe.json", "/dev/zero"]) {
    expect(await refusal(path)).toMatchObject({ code: "file-unreadable", message: expect.stringContaining("device") });
  }
});

it("what is not there is told as missing, with the path as it was given", async () => {
  const thrown = await listHandedOverFiles("nowhere.json", temporaryFolder()).catch((error: unknown) => error);
  expect(faultOf(thrown)).toMatchObject({ code: "file-missing", message: "There is no file or folder nowhere.json." });
});

it("a packed file is read unpacked; one that is cut or no gzip at all is told, and so is one that unpacks without end", async () => {
  const base = temporaryFolder();
  const packed = gzipSync(`{"a":"${"x".repeat(5000)}"}`);
  writeFileSync(join(base, "whole.json.gz"), packed);
  writeFileSync(join(base, "cut.json.gz"), packed.subarray(0, packed.length - 10));
  writeFileSync(join(base, "text.json.gz"), "{}");
  writeFileSync(join(base, "vast.json.gz"), gzipSync(Buffer.alloc(300 * 1024 * 1024)));
  const read = async (name: string) => {
    const [file] = await listHandedOverFiles(name, base);
    if (file === undefined) throw new Error("not listed");
    return readWholeFile(file, signal);
  };
  expect((await read("whole.json.gz")).length).toBe(5008);
  for (const name of ["cut.json.gz", "text.json.gz"]) {
    expect(faultOf(await read(name).catch((error: unknown) => error)).code).toBe("file-unreadable");
  }
  expect(faultOf(await read("vast.json.gz").catch((error: unknown) => error)).code).toBe("record-invalid");
});
