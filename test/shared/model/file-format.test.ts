import { expect, it } from "vitest";
import { mediaTypeOf } from "../../../shared/facts/attachments/media-type.ts";
import { fileFormatOf } from "../../../shared/model/file-format.ts";

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

it.each([
  ["\x89PNG\r\n\x1a\n", "image/png", true],
  ["\xff\xd8\xff\xe0", "image/jpeg", true],
  ["RIFF\x10\0\0\0WEBPVP8 ", "image/webp", true],
  ["%PDF-1.7", "application/pdf", true],
  ["PK\x03\x04", "application/zip", true],
  ["\x1f\x8b\x08\0", "application/gzip", true],
  ["\x28\xb5\x2f\xfd", "application/zstd", true],
  ["\0\0\0\x20ftypisom", "video/mp4", true],
  ["GIF89a", "image/gif", false],
  ["\xd0\xcf\x11\xe0", "application/x-ole-storage", false],
])("%j is told to be %s", (begin, mediaType, isCompressed) => {
  expect(fileFormatOf(bytesOf(begin))).toMatchObject({ mediaType, isCompressed });
});

it.each(["", "\x89PN", "%PD", "RIFF\0\0\0\0WAVE", "plain text", '{"key":"SHOP-1"}'])(
  "%j is told to be nothing",
  (text) => {
    expect(fileFormatOf(bytesOf(text))).toBeNull();
  },
);

it("a document is what its bytes say, and its name only tells apart what begins alike", () => {
  expect(mediaTypeOf("minutes.docx", bytesOf("PK\x03\x04"))).toContain("wordprocessingml");
  expect(mediaTypeOf("minutes.docx", bytesOf("%PDF-1.7"))).toBe("application/pdf");
  expect(mediaTypeOf("minutes.md", bytesOf("# Minutes"))).toBe("text/markdown");
  expect(mediaTypeOf("minutes.txt", bytesOf("a\0b"))).toBe("application/octet-stream");
});
