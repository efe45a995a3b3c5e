/** Signatures of file formats, by their own specifications: bytes that the file begins with. */
const signatures: readonly (readonly [mediaType: string, begins: string])[] = [
  ["application/pdf", "%PDF-"],
  ["image/png", "\x89PNG\r\n"],
  ["image/jpeg", "\xff\xd8\xff"],
  ["image/gif", "GIF8"],
  ["application/zip", "PK\x03\x04"],
  ["application/x-ole-storage", "\xd0\xcf\x11\xe0"],
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
  const begin = String.fromCharCode(...bytes.subarray(0, 8));
  const known = signatures.find(([, signature]) => begin.startsWith(signature))?.[0];
  if (known === "application/zip") return officeTypes[extension] ?? known;
  if (known !== undefined) return known;
  return bytes.subarray(0, 4096).includes(0) ? "application/octet-stream" : (textTypes[extension] ?? "text/plain");
}
