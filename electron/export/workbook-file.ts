import { crc32, deflateRawSync } from "node:zlib";
import type { WorkbookFile } from "../../shared/bundle/workpapers/workbook.ts";
import {
  deflated,
  encodeDirectoryRecord,
  encodeEnd,
  encodeLocalHeader,
  type ZipRecord,
} from "../../shared/bundle/zip-records.ts";

/** Packs the files of a workbook: an `.xlsx` is a ZIP. Fixed dates and order, so that equal files give equal bytes. */
export function packWorkbook(files: readonly WorkbookFile[]): Buffer {
  const pieces: Uint8Array[] = [];
  const records: ZipRecord[] = [];
  let at = 0;
  const put = (...bytes: readonly Uint8Array[]) => {
    pieces.push(...bytes);
    for (const { length } of bytes) at += length;
  };
  for (const { path, text } of files) {
    const bytes = Buffer.from(text);
    const packed = deflateRawSync(bytes, { level: 6 });
    const record: ZipRecord = {
      name: new Uint8Array(Buffer.from(path)),
      form: "whole",
      method: deflated,
      crc32: crc32(bytes),
      compressedSize: packed.length,
      size: bytes.length,
      offset: at,
    };
    records.push(record);
    put(encodeLocalHeader(record), packed);
  }
  const directory = at;
  put(...records.map(encodeDirectoryRecord));
  put(encodeEnd(records.length, directory, at - directory));
  return Buffer.concat(pieces);
}
