import type { EvidenceKind } from "../../../shared/model/coverage.ts";
import type { EvidenceFormat } from "../../../shared/model/evidence.ts";
import type { FileSample } from "./file-sample.ts";

/** Kind of system whose files they are, as the list of kinds of sources names it. */
export type FileSystemKind =
  | "git"
  | "code-host"
  | "ci"
  | "tickets"
  | "deployments"
  | "production"
  | "announcements"
  | "people"
  | "other";

/**
 * How a file becomes records. All records of a file, one after another, are its bytes.
 *
 * - `whole`: one record; at most 256 MiB.
 * - `lines`: parts of whole lines. Where a record takes several lines, `beginsRecord` tells its first.
 * - `csv`: parts of whole records; `reading` has the separator and the names of the columns.
 * - `elements`: a JSON document; a large one is cut between the elements of the array at one of the pointers `of`
 *   (empty when the document is the array), and `reading.elements` tells which part a record is.
 */
export type FileShape =
  | { readonly cut: "whole" }
  | { readonly cut: "lines"; readonly beginsRecord?: (line: string) => boolean }
  | { readonly cut: "csv" }
  | { readonly cut: "elements"; readonly of: readonly string[] };

/** Why a file was taken for a format. */
export interface Recognition {
  /**
   * `certain`: the file names its format, or has what no other has. `likely`: it has the fields that the format must
   * have. `possible`: nothing speaks against it. The surest wins; two that are equally sure are not decided between.
   */
  readonly sure: "certain" | "likely" | "possible";
  /** The rest of a sentence that begins with "because": "its first line is a Jira issue with key and fields". */
  readonly because: string;
}

/** A format of files: how one is known and cut. Who reads its records is in `shared/facts`, under the same name. */
export interface FileFormat {
  readonly format: EvidenceFormat;
  readonly system: FileSystemKind;
  /** For a list: "Jira issues, one a line (JSONL)". */
  readonly title: string;
  /** How it is recognised, a sentence's tail after "by": "the fields key and fields of its first lines". */
  readonly recognisedBy: string;
  readonly shape: FileShape;
  /** Kinds of evidence that its files are whole for when they are said to be, also where they hold none of it. */
  readonly gives?: readonly EvidenceKind[];
  recognise(sample: FileSample): Recognition | null;
}
