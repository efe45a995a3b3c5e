/** A format that is told by the first bytes of a file. */
export interface FileFormat {
  readonly mediaType: string;
  /** Whether its content is compressed by the format itself, so that packing it again gains nothing. */
  readonly isCompressed: boolean;
}

/** First bytes as their formats' own specifications give them, with where in the file they stand. */
const beginnings: readonly (FileFormat & { readonly at: number; readonly bytes: readonly number[] })[] = [
  compressed("image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  compressed("image/jpeg", [0xff, 0xd8, 0xff]),
  // `WEBP` after `RIFF` and a length.
  compressed("image/webp", [0x57, 0x45, 0x42, 0x50], 8),
  compressed("application/pdf", [0x25, 0x50, 0x44, 0x46, 0x2d]),
  // With it what offices write.
  compressed("application/zip", [0x50, 0x4b, 0x03, 0x04]),
  compressed("application/gzip", [0x1f, 0x8b, 0x08]),
  compressed("application/zstd", [0x28, 0xb5, 0x2f, 0xfd]),
  compressed("application/x-xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]),
  compressed("application/x-bzip2", [0x42, 0x5a, 0x68]),
  compressed("application/x-7z-compressed", [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]),
  compressed("font/woff2", [0x77, 0x4f, 0x46, 0x32]),
  // `ftyp` after a length: MP4 and its like.
  compressed("video/mp4", [0x66, 0x74, 0x79, 0x70], 4),
  plain("image/gif", [0x47, 0x49, 0x46, 0x38]),
  plain("application/x-ole-storage", [0xd0, 0xcf, 0x11, 0xe0]),
];

function compressed(mediaType: string, bytes: readonly number[], at = 0) {
  return { mediaType, bytes, at, isCompressed: true };
}

function plain(mediaType: string, bytes: readonly number[], at = 0) {
  return { mediaType, bytes, at, isCompressed: false };
}

/** What a file's first bytes say that it is, or null: its name, and what its sender says of it, count for nothing. */
export function fileFormatOf(bytes: Uint8Array): FileFormat | null {
  return beginnings.find(({ at, bytes: wanted }) => wanted.every((byte, index) => bytes[at + index] === byte)) ?? null;
}
