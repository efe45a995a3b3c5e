import { z } from "zod";
import { Sha256 } from "./digest.ts";
import { announcementFormats } from "./formats/announcement-formats.ts";
import { attachmentFormats } from "./formats/attachment-formats.ts";
import { attestationFormats } from "./formats/attestation-formats.ts";
import { ciFormats } from "./formats/ci-formats.ts";
import { codeHostFormats } from "./formats/code-host-formats.ts";
import { deploymentFormats } from "./formats/deployment-formats.ts";
import { gitFormats } from "./formats/git-formats.ts";
import { githubFormats } from "./formats/github-formats.ts";
import { peopleFormats } from "./formats/people-formats.ts";
import { productionFormats } from "./formats/production-formats.ts";
import { reportFormats } from "./formats/report-formats.ts";
import { ticketFormats } from "./formats/ticket-formats.ts";
import { Instant } from "./instant.ts";

/**
 * What a raw record is, by the system that wrote it and the answer that it was. `shared/facts` has a reader for each;
 * a new one is a word in `formats/` and a reader.
 */
export const EvidenceFormat = z.enum([
  ...gitFormats,
  ...githubFormats,
  ...codeHostFormats,
  ...ciFormats,
  ...reportFormats,
  ...ticketFormats,
  ...deploymentFormats,
  ...productionFormats,
  ...announcementFormats,
  ...peopleFormats,
  ...attachmentFormats,
  ...attestationFormats,
]);
export type EvidenceFormat = z.infer<typeof EvidenceFormat>;

/** What must be known besides the bytes to read a part of a larger file. */
export const Reading = z.object({
  /** Number, in the whole file and from 1, of the part's first line. */
  firstLine: z.number().int().positive().optional(),
  /** Column names of a CSV file, from its first line. */
  columns: z.array(z.string()).optional(),
  separator: z.enum([",", ";", "\t", "|"]).optional(),
  /** Of the file's text; without it UTF-8. */
  encoding: z.enum(["utf-8", "utf-16le", "utf-16be", "latin-1"]).optional(),
  /** IANA name of the zone of times that carry none. */
  timeZone: z.string().optional(),
  /** Times without a year lie in this span (a syslog). */
  within: z.object({ from: Instant, to: Instant }).optional(),
  /** What the auditor wrote about the file. */
  note: z.string().optional(),
  /** What the record is of, where it does not say so itself: another answer, or a file beside it, said it. */
  about: z
    .object({ build: z.string(), commit: z.string(), branch: z.string(), event: z.string(), by: z.string() })
    .partial()
    .optional(),
  /** What ids in the record stand for, as the same pull was told: `Environments-1` → `Production`. */
  names: z.record(z.string(), z.string()).optional(),
  /**
   * Of a part of a large JSON document: which of an array's elements it holds. They stand between the bytes `from`
   * (included) and `to` (excluded), with commas between them and perhaps one after the last.
   */
  elements: z
    .object({
      /** JSON pointer of the array in the whole document; empty when the document is the array. */
      pointer: z.string(),
      /** Index of the part's first element, from 0. */
      first: z.int().nonnegative(),
      from: z.int().nonnegative(),
      to: z.int().nonnegative(),
    })
    .optional(),
});
export type Reading = z.infer<typeof Reading>;

/** A raw record on its way into the store: exactly the bytes that were received. */
export interface RawRecord {
  readonly format: EvidenceFormat;
  /** Where it came from: URL, `git:<object id>`, or file name. Part of how some records are read (a review page's request). Never holds a secret. */
  readonly locator: string;
  readonly bytes: Uint8Array;
  readonly receivedAt: Instant;
  readonly reading?: Reading;
  /**
   * What the bytes are as UTF-8 and JSON, where receiving them had to parse them anyway, so that reading them need not do
   * so again. Never stored: the bytes are the evidence.
   */
  readonly document?: unknown;
  /** The text that `document` was parsed from: the bytes as UTF-8. */
  readonly text?: string;
}

/** A stored raw record without its bytes. */
export const Evidence = z.object({
  sha256: Sha256,
  size: z.number().int().nonnegative(),
  format: EvidenceFormat,
  locator: z.string(),
  sourceId: z.string(),
  pullId: z.string(),
  receivedAt: Instant,
  reading: Reading.optional(),
});
export type Evidence = z.infer<typeof Evidence>;

/** Points into evidence: the record and the place in it (a JSON pointer, `line 12`, or empty for the whole). */
export const EvidencePlace = z.object({ evidence: Sha256, place: z.string() });
export type EvidencePlace = z.infer<typeof EvidencePlace>;

/** What an item rests on: the place and what it was read for. */
export const EvidenceUse = EvidencePlace.extend({
  as: z.enum([
    "commit",
    "request",
    "review",
    "ticket",
    "build",
    "deployment",
    "ref",
    "path",
    "report",
    "production",
    "announcement",
    "document",
  ]),
});
export type EvidenceUse = z.infer<typeof EvidenceUse>;
