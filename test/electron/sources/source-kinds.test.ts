import { expect, it } from "vitest";
import { drivers } from "../../../electron/sources/drivers.ts";
import { fileFormats } from "../../../electron/sources/files/file-formats.ts";
import { listSourceKinds } from "../../../electron/sources/source-kinds.ts";
import { EvidenceFormat } from "../../../shared/model/evidence.ts";

const kinds = listSourceKinds();

it("every kind of source that can be pulled is listed, and each reads something", () => {
  expect(kinds.map(({ kind }) => kind).sort()).toEqual(Object.keys(drivers).sort());
  for (const { kind, formats } of kinds) expect([kind, formats.length > 0]).toEqual([kind, true]);
});

it("every format that evidence can have is read by a kind of source that is listed", () => {
  const listed = new Set(kinds.flatMap(({ formats }) => formats.map(({ format }) => format)));
  expect(EvidenceFormat.options.filter((format) => !listed.has(format))).toEqual([]);
});

it("every format of files says how it is recognised, and none is there twice", () => {
  for (const { format, title, recognisedBy } of fileFormats) {
    expect([format, title !== "" && recognisedBy !== ""]).toEqual([format, true]);
  }
  const formats = fileFormats.map(({ format }) => format);
  expect(formats).toEqual([...new Set(formats)]);
});
