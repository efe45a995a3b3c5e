import type { EvidenceKind } from "../../../shared/model/coverage.ts";
import type { Period } from "../../../shared/model/period.ts";
import type { SourceOf } from "../../../shared/model/source.ts";
import type { HandedOver, PullOutcome } from "../source-driver.ts";
import { declaredSpan } from "./declared-span.ts";
import { fileFormats } from "./file-formats.ts";
import type { FilesCursor } from "./files-cursor.ts";

/** What the files were; what their records say is told by whoever reads them. */
export function outcomeOfHandedOverFiles(source: SourceOf<"files">, period: Period, cursor: FilesCursor): PullOutcome {
  const { notTaken } = cursor;
  const taken = Object.entries(cursor.taken);
  const sum = (name: "bytes" | "stored" | "lines") => taken.reduce((total, [, one]) => total + one[name], 0);
  return {
    endpoint: source.path,
    query: source.format === undefined ? "the whole of each file" : `the whole of each file, as ${source.format}`,
    identity: "",
    access: "",
    counts: {
      ...Object.fromEntries(taken.map(([format, { files }]) => [`files taken for ${format}`, files])),
      ...(notTaken.count > 0 ? { "files not taken": notTaken.count } : {}),
    },
    tieOuts: [
      {
        what: "bytes",
        how: "the sizes of the files, of packed ones unpacked",
        expected: sum("bytes"),
        received: sum("stored"),
      },
    ],
    coverage: [],
    notes: [...notesOf(source), ...cursor.notes, ...notTaken.named, ...furtherNotTaken(cursor)],
    handedOver: { lines: sum("lines"), declared: declaredOf(source, period, cursor) },
  };
}

function declaredOf(source: SourceOf<"files">, period: Period, { taken }: FilesCursor): HandedOver["declared"] {
  const span = declaredSpan(source, period);
  if (!span) return null;
  const kinds = fileFormats.filter(({ format }) => format in taken).flatMap(({ gives }) => gives ?? []);
  return { ...span, kinds: [...new Set<EvidenceKind>(kinds)] };
}

function notesOf({ note, covers }: SourceOf<"files">): string[] {
  const whole = covers
    ? `Whoever handed the files over says that they are whole from ${covers.from} to ${covers.to}.`
    : "Nobody said for which time the files are whole: they count from their first record to their last.";
  return [...(note === "" ? [] : [note]), whole];
}

function furtherNotTaken({ notTaken }: FilesCursor): string[] {
  const more = notTaken.count - notTaken.named.length;
  return more > 0 ? [`${more} more files were not taken.`] : [];
}
