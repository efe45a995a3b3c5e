import { fileFormatOf } from "../../model/file-format.ts";

/** The formats that a document is told to be by its first bytes. More of them would change facts that were read before. */
const documentTypes: readonly string[] = [
  "application/pdf",
  "image/png",
  "image/jpeg",
  "image/gif",
  "application/zip",
  "application/x-ole-storage",
];

const officeTypes: Readonly<Record<string, string>> = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  odt: "application/vnd.oasis.opendocument.text",
  ods: "application/vnd.oasis.opendocument.spreadsheet",
};

const textTypes: Readonly<Record<string, string>> = { md: "text/markdown", html: "text/html", csv: "text/csv" };

/** What a document is, by its first bytes; its name only tells which of the formats that share them. */
export function mediaTypeOf(name: string, bytes: Uint8Array): string {
  const extension = name.toLowerCase().split(".").at(-1) ?? "";
  const known = fileFormatOf(bytes)?.mediaType;
  if (known === "application/zip") return officeTypes[extension] ?? known;
  if (known !== undefined && documentTypes.includes(known)) return known;
  return bytes.subarray(0, 4096).includes(0) ? "application/octet-stream" : (textTypes[extension] ?? "text/plain");
}
