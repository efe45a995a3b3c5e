import { once } from "node:events";
import { Readable } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import { ZipArchive } from "archiver";
import type { WorkbookFile } from "../../shared/bundle/workpapers/workbook.ts";
import { inBuffers } from "./text-content.ts";
import { giveBackMemory } from "./unused-memory.ts";

/** The first moment that a ZIP can say. The same in every workbook, so that equal content gives equal bytes. */
const entryDate = new Date("1980-01-01T00:00:00Z");
const entryMode = 0o644;

/** Packs the files of a workbook: an `.xlsx` is a ZIP. Fixed dates and order, so that equal files give equal bytes. */
export async function packWorkbook(files: readonly WorkbookFile[]): Promise<Buffer> {
  // Until the next turn whoever made the documents before this one still holds what it made them of.
  await nextTurn();
  giveBackMemory();
  const archive = new ZipArchive({ zlib: { level: 6 } });
  const chunks: Buffer[] = [];
  archive.on("data", (chunk: Buffer) => chunks.push(chunk));
  const ended = once(archive, "end");
  for (const { path, text } of files) {
    archive.append(Readable.from(inBuffers(text), { objectMode: false }), {
      name: path,
      date: entryDate,
      mode: entryMode,
    });
  }
  await Promise.all([archive.finalize(), ended]);
  giveBackMemory();
  return Buffer.concat(chunks);
}
