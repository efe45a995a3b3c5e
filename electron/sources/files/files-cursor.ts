import { z } from "zod";
import { Sha256 } from "../../../shared/model/digest.ts";
import { EvidenceFormat } from "../../../shared/model/evidence.ts";

const count = z.number().int().nonnegative();

/** How much of the handed-over files is stored. Its size does not grow with them. */
export const FilesCursor = z.object({
  version: z.literal(1),
  /** Name of the last file that is done; empty at the beginning. */
  after: z.string(),
  /** The file that is not done yet: how much of its content is stored, and the hash of that much. */
  within: z.object({ name: z.string(), bytes: count, digest: Sha256 }).nullable(),
  /** What the files that are done were taken for. */
  taken: z.partialRecord(EvidenceFormat, z.object({ files: count, bytes: count, stored: count, lines: count })),
  notTaken: z.object({ count, named: z.array(z.string()) }),
  /** What a reader must know, the first hundred of them. */
  notes: z.array(z.string()),
});
export type FilesCursor = z.infer<typeof FilesCursor>;

export const atTheBeginning: FilesCursor = {
  version: 1,
  after: "",
  within: null,
  taken: {},
  notTaken: { count: 0, named: [] },
  notes: [],
};

const mostNoted = 100;

export function withNotes(cursor: FilesCursor, notes: readonly string[]): FilesCursor {
  return { ...cursor, notes: [...cursor.notes, ...notes].slice(0, mostNoted) };
}

export function withNotTaken(cursor: FilesCursor, name: string, reason: string): FilesCursor {
  const { count: before, named } = cursor.notTaken;
  const notTaken = {
    count: before + 1,
    named: named.length < mostNoted ? [...named, `${name} was not taken: ${reason}.`] : named,
  };
  return { ...cursor, after: name, within: null, notTaken };
}
