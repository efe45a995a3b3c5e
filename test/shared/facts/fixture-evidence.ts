import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../build/install.mjs";
import { readEvidence } from "../../../shared/facts/evidence-reading.ts";
import { EvidenceFormat, type Reading } from "../../../shared/model/evidence.ts";
import type { ReadFacts } from "../../../shared/model/facts.ts";
import { FilesSource } from "../../../shared/model/source.ts";
import { evidenceInput } from "./evidence-under-test.ts";

/** One folder for each format, named as the format is; every file in it is read as that format and recognised as it. */
export const fixtures = join(root, "test/fixtures/formats");

export const filesSource = FilesSource.parse({
  id: "files",
  kind: "files",
  path: "handed-over",
  repository: "quay",
  scope: "quay-1",
});

export const inUtc: Reading = {
  timeZone: "UTC",
  within: { from: "2025-01-01T00:00:00.000Z", to: "2025-07-01T00:00:00.000Z" },
};

/** What the files source would hand over for a file of that content, read. */
export function readAs(
  format: EvidenceFormat,
  content: string | Uint8Array,
  more: { readonly reading?: Reading; readonly locator?: string } = {},
): ReadFacts {
  const input = evidenceInput(content, more.reading ?? inUtc, format);
  return readEvidence({ ...input, locator: more.locator ?? "handed-over/file" }, filesSource);
}

/** @param path below the folder of fixtures, such as `junit.xml/pytest.xml` */
export function readFixture(path: string, reading: Reading = inUtc): ReadFacts {
  const format = EvidenceFormat.parse(path.split("/")[0]);
  return readAs(format, readFileSync(join(fixtures, path)), { reading, locator: `handed-over/${path}` });
}
