import type { FileFormat } from "../file-format.ts";

const signatures: readonly (readonly [what: string, begins: string, names?: RegExp])[] = [
  ["a PDF", "%PDF-"],
  ["a PNG image", "\x89PNG\r\n"],
  ["a JPEG image", "\xff\xd8\xff"],
  ["a GIF image", "GIF8"],
  ["an office document", "PK\x03\x04", /\.(docx|xlsx|pptx|odt|ods|odp)$/i],
  ["an office document", "\xd0\xcf\x11\xe0", /\.(doc|xls|ppt|msg)$/i],
];

/** Documents that people read. A text is one only when the auditor says so: it could be a log that nobody read. */
export const attachmentDocument: FileFormat = {
  format: "attachment.document",
  system: "other",
  title: "Documents: minutes, policies, screenshots",
  recognisedBy:
    "the first bytes of a PDF, an image or an office document; any other file only when the auditor says so",
  shape: { cut: "whole" },
  gives: ["attachments"],
  recognise({ bytes, name }) {
    const begin = String.fromCharCode(...bytes.subarray(0, 8));
    const known = signatures.find(([, begins, names]) => begin.startsWith(begins) && (names?.test(name) ?? true));
    return known ? { sure: "certain", because: `it begins as ${known[0]} does` } : null;
  },
};
