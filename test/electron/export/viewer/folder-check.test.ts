import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { checkFolder, filesByPath } from "../../../../electron/export/viewer/page/folder-check.js";

const hashOf = async (bytes: ArrayBuffer) => createHash("sha256").update(new Uint8Array(bytes)).digest("hex");

/** The files of an unpacked bundle, as a browser hands them over. */
async function folderOf(contents: Readonly<Record<string, string>>) {
  const listed = await Promise.all(
    Object.entries(contents).map(async ([path, text]) => {
      return {
        path,
        size: Buffer.byteLength(text),
        sha256: await hashOf(new TextEncoder().encode(text).buffer as ArrayBuffer),
      };
    }),
  );
  const all = { ...contents, "manifest.json": JSON.stringify({ files: listed }), "SHA256SUMS": "", "mimetype": "" };
  return new Map(Object.entries(all).map(([path, text]) => [path, new File([text], path)]));
}

const check = (files: Map<string, File>) => checkFolder(files, hashOf, () => {});

describe("the comparison of a folder with its manifest", () => {
  test("finds nothing in a folder as it was packed", async () => {
    expect(await check(await folderOf({ "results.jsonl": "{}\n", "evidence/aa": "raw" }))).toEqual([]);
  });

  test("knows the signatures of others, and nothing else beside them", async () => {
    const files = await folderOf({ "a.json": "one" });
    for (const path of ["META-INF/ASiCManifest002.xml", "META-INF/signature002.p7s", "META-INF/evil.xml"])
      files.set(path, new File(["x"], path));
    expect(await check(files)).toEqual(["META-INF/evil.xml is not in the manifest."]);
  });

  test("names a file that is missing, one that was changed, and one that is not listed", async () => {
    const files = await folderOf({ "a.json": "one", "b.json": "two", "c.json": "three" });
    files.delete("a.json");
    files.set("b.json", new File(["TWO"], "b.json"));
    files.set("c.json", new File(["three and more"], "c.json"));
    files.set("evil.html", new File(["x"], "evil.html"));
    expect(await check(files)).toEqual([
      "a.json is missing.",
      "b.json is not the file that the manifest names.",
      "c.json has 14 bytes and not 5.",
      "evil.html is not in the manifest.",
    ]);
  });

  test("says so when the folder is another", async () => {
    expect(await check(new Map())).toEqual([expect.stringContaining("There is no manifest.json")]);
  });

  test("takes paths as they are below the chosen folder", () => {
    const file = Object.assign(new File(["x"], "aa"), { webkitRelativePath: "bundle/evidence/aa" });
    expect([...filesByPath([file]).keys()]).toEqual(["evidence/aa"]);
  });
});
