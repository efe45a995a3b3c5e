import type { SourceOf } from "../../../shared/model/source.ts";
import type { PullOutcome } from "../source-driver.ts";
import type { FilesCursor } from "./files-cursor.ts";

/** What the files were; what their records say is told by whoever reads them. */
export function outcomeOfHandedOverFiles(source: SourceOf<"files">, cursor: FilesCursor): PullOutcome {
  const taken = Object.entries(cursor.taken);
  const bytes = taken.reduce((sum, [, one]) => sum + one.bytes, 0);
  const stored = taken.reduce((sum, [, one]) => sum + one.stored, 0);
  const counts = taken.map(([format, { files }]) => [`files taken for ${format}`, files] as const);
  const { notTaken } = cursor;
  return {
    endpoint: source.path,
    query: source.format === undefined ? "the whole of each file" : `the whole of each file, as ${source.format}`,
    identity: "",
    access: "",
    counts: {
      ...Object.fromEntries(counts),
      ...(notTaken.count > 0 ? { "files not taken": notTaken.count } : {}),
    },
    tieOuts: [{ what: "bytes", how: "the content of the files", expected: bytes, received: stored }],
    coverage: [],
    notes: [
      ...(source.note === "" ? [] : [source.note]),
      ...cursor.notes,
      ...notTaken.named,
      ...(notTaken.count > notTaken.named.length
        ? [`${notTaken.count - notTaken.named.length} more files were not taken.`]
        : []),
      "That the files are complete is the word of whoever handed them over.",
    ],
  };
}
