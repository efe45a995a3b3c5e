import { describe, expect, it } from "vitest";
import { readSort, sortAfter, writeSort } from "../../../../renderer/components/grid/sort.ts";

describe("the order of a grid", () => {
  it("goes up, down and back to the rows' own with each press on a head", () => {
    const up = sortAfter(null, "title");
    const down = sortAfter(up, "title");
    expect([up, down]).toEqual([
      { column: "title", descending: false },
      { column: "title", descending: true },
    ]);
    expect(sortAfter(down, "title")).toBeNull();
    expect(sortAfter(down, "at")).toEqual({ column: "at", descending: false });
  });

  it("comes back from an address as it was written", () => {
    for (const sort of [null, { column: "REV-01", descending: false }, { column: "REV-01", descending: true }])
      expect(readSort(writeSort(sort))).toEqual(sort);
    expect(readSort("-")).toBeNull();
  });
});
