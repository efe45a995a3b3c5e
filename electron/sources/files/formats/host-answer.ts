import type { z } from "zod";
import type { EvidenceFormat } from "../../../../shared/model/evidence.ts";
import type { FileFormat } from "../file-format.ts";

/** How a recorded answer of a code host is known. */
interface HostAnswer {
  readonly format: EvidenceFormat;
  /** Plural: "pull requests of GitHub". */
  readonly what: string;
  /** The list inside the answer; the answer is the list where it is empty, and one thing where it is null. */
  readonly member: string | null;
  /** Names that the thing, or the first row, has: what it is recognised by, in words. */
  readonly names: string;
  readonly row: z.ZodType;
  /** What the name of the file must say, since the rows do not: which request, branch or list they belong to. */
  readonly named?: RegExp;
}

/** The same, for who reads a folder of one host's answers and needs no more than the file's name and its JSON. */
export interface RecordedAnswer extends FileFormat {
  /** The rows of an answer of this kind, or the thing itself; null when it is none. */
  rowsOf(name: string, json: unknown): readonly unknown[] | null;
}

/** A recorded answer of a REST API as a format of files: one answer a file. */
export function hostAnswer({ format, what, member, names, row, named }: HostAnswer): RecordedAnswer {
  const place = named === undefined ? "" : ", and its name, which says what they belong to";
  return {
    format,
    system: format === "github.runs" || format === "github.jobs" ? "ci" : "code-host",
    title: `${what}: ${member === null ? "one" : "a page"} as the REST API gave it (JSON)`,
    recognisedBy: `the fields ${names} of ${member === null ? "the answer" : "its first row"}${place}`,
    shape: { cut: "whole" },
    rowsOf: rowsIn,
    recognise({ json, name }) {
      if (rowsIn(name, json) === null) return null;
      return {
        sure: "certain",
        because: `it has ${names}, as ${what} have${named === undefined ? "" : ", and its name fits"}`,
      };
    },
  };

  function rowsIn(name: string, json: unknown): readonly unknown[] | null {
    if (named !== undefined && !named.test(name)) return null;
    const rows = member === null ? [json] : listIn(json, member);
    return rows !== null && row.safeParse(rows[0]).success ? rows : null;
  }
}

function listIn(json: unknown, member: string): readonly unknown[] | null {
  const list = member === "" ? json : (json as Record<string, unknown> | null | undefined)?.[member];
  return Array.isArray(list) ? list : null;
}
