import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import type { Sha256 } from "../../../shared/model/digest.ts";
import { checkNotCancelled } from "../http/cancellable-wait.ts";
import { fileFault } from "./handed-over-files.ts";

/** SHA-256 of a file, read in pieces. @throws file-missing, file-unreadable, cancelled */
export async function digestFile(path: string, signal: AbortSignal): Promise<Sha256> {
  const hash = createHash("sha256");
  try {
    const stream = createReadStream(path, { highWaterMark: 1024 * 1024, signal });
    for await (const part of stream) hash.update(part as Buffer);
  } catch (cause) {
    checkNotCancelled(signal);
    throw fileFault(cause, basename(path));
  }
  return hash.digest("hex");
}
