import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { FileFormat } from "../../electron/sources/files/file-format.ts";
import { fileFormats } from "../../electron/sources/files/file-formats.ts";

const root = resolve(import.meta.dirname, "../..");
const guide = join(root, "docs/adding-a-format.md");
const folder = join(root, "electron/sources/files/formats");

describe("the guide to adding a format", () => {
  it("points only to files that are there", () => {
    const links = [...readFileSync(guide, "utf8").matchAll(/\]\(([^)]+)\)/g)].map(([, link = ""]) => link);
    expect(links.length).toBeGreaterThan(8);
    expect(links.filter((link) => !existsSync(resolve(dirname(guide), link)))).toEqual([]);
  });

  it("is true of every format there is: a file in the folder knows it, and it is in the list", async () => {
    const files = readdirSync(folder).filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"));
    const exported = await Promise.all(
      files.map(async (name) =>
        Object.values((await import(join(folder, name))) as Record<string, FileFormat | readonly FileFormat[]>),
      ),
    );
    const formats = exported.flat(2).filter((value) => typeof value === "object" && "recognise" in value);
    expect(formats.map(({ format }) => format).sort()).toEqual(fileFormats.map(({ format }) => format).sort());
  });
});
