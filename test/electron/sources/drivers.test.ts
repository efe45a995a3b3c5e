import { expect, it } from "vitest";
import { drivers } from "../../../electron/sources/drivers.ts";
import { Source } from "../../../shared/model/source.ts";

it("every kind of source has a driver of its own kind", async () => {
  const kinds = Source.options.map((option) => option.shape.kind.value);
  expect(Object.keys(drivers).sort()).toEqual([...kinds].sort());
  for (const kind of kinds) expect((await drivers[kind]()).kind).toBe(kind);
});
