import { describe, expect, test } from "vitest";
import { type DirectoryEntry, EntryTable } from "../../../electron/verifier/entry-table.ts";

/** More than there is room for at first; the directory names every other one from behind. */
const entries = Array.from({ length: 3000 }, (_, index): DirectoryEntry => {
  return {
    name: `evidence/${index}`,
    method: index % 3 === 0 ? 0 : 8,
    crc32: 0xffff_ffff - index,
    compressedSize: index,
    size: 2 ** 33 + index,
    offset: (index % 2 === 0 ? index : 6000 - index) * 2 ** 30,
    streamed: index % 5 === 0,
  };
});

function tableOf(some: readonly DirectoryEntry[]): EntryTable {
  const table = new EntryTable();
  for (const entry of some) table.add(entry);
  return table;
}

describe("the entries of an archive", () => {
  const table = tableOf(entries);

  test("are what the directory says, with sizes and places of any file", () => {
    expect(table.size).toBe(entries.length);
    for (const entry of entries) expect(table.get(entry.name)).toMatchObject(entry);
    expect(table.has("evidence/2999") && !table.has("evidence/3000")).toBe(true);
    expect(table.get("evidence/3000")).toBeUndefined();
    expect(table.held("evidence/7")).toBe("evidence/7");
    expect(table.held("evidence")).toBeUndefined();
  });

  test("come in the order of the file, in whatever order the directory names them", () => {
    const inOrder = entries.toSorted((one, other) => one.offset - other.offset).map(({ name }) => name);
    expect([...table.keys()]).toEqual(inOrder);
    expect(Array.from(table.values(), ({ name }) => name)).toEqual(inOrder);
    const more = tableOf(entries.slice(0, 2));
    expect([...more.keys()]).toEqual(["evidence/0", "evidence/1"]);
    more.add({ ...(entries[2] as DirectoryEntry), offset: 1 });
    expect([...more.keys()]).toEqual(["evidence/0", "evidence/2", "evidence/1"]);
  });

  test("know where their bytes start once somebody has looked", () => {
    table.locate("evidence/5", 42);
    table.locate("evidence/none", 43);
    expect(table.get("evidence/5")?.dataStart).toBe(42);
    expect(table.get("evidence/6")?.dataStart).toBe(0);
  });
});
