import type { Attachment } from "../../model/attachment-facts.ts";
import type { EvidenceFormat } from "../../model/evidence.ts";
import type { attachmentFormats } from "../../model/formats/attachment-formats.ts";
import { type FormatReaders, readNothing } from "../format-reader.ts";
import { originOf } from "../json-evidence.ts";
import { mediaTypeOf } from "./media-type.ts";

/** Formats whose readers look at no more than the first 4 KiB of a record. */
export const readByBeginning: ReadonlySet<EvidenceFormat> = new Set(["attachment.document"]);

/** A document is one fact: that it was handed over, under which name and with which note. People read the rest. */
export const attachmentReaders: FormatReaders<(typeof attachmentFormats)[number]> = {
  // It was read when the file beside it was taken, and is kept to show why.
  "attachment.about": readNothing,
  "attachment.document": (input, source) => {
    const fact: Attachment = {
      origin: originOf(input, ""),
      kind: "attachment",
      name: input.locator,
      note: input.reading?.note ?? (source.kind === "files" ? source.note : ""),
      mediaType: mediaTypeOf(input.locator, input.bytes),
      size: input.size ?? input.bytes.length,
    };
    return { facts: [fact], unread: [] };
  },
};
