import { z } from "zod";
import { EvidenceFormat } from "./evidence.ts";

/** A format of evidence as a list of kinds of sources names it. */
export const FormatView = z.object({
  format: EvidenceFormat,
  /** Empty for answers of a server, which nobody has to recognise. */
  title: z.string(),
  /** Of files: by what one is recognised. */
  recognisedBy: z.string(),
});
export type FormatView = z.infer<typeof FormatView>;

/** A kind of source: how it is reached and what it reads. */
export const SourceKindView = z.object({
  kind: z.string(),
  title: z.string(),
  /** `live`: over the network, with reading requests only; `files`: from what was handed over. */
  reached: z.enum(["live", "files"]),
  formats: z.array(FormatView),
});
export type SourceKindView = z.infer<typeof SourceKindView>;

/** What a handed-over file is taken for, before anything is stored. */
export const FileLook = z.object({
  name: z.string(),
  /** Null when it would not be taken. */
  format: EvidenceFormat.nullable(),
  title: z.string(),
  /** Why, the rest of a sentence that begins with "because"; or why it is not taken. */
  because: z.string(),
});
export type FileLook = z.infer<typeof FileLook>;
