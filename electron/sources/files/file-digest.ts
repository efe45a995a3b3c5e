import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { Sha256 } from "../../../shared/model/digest.ts";

/** SHA-256 of a file, read in pieces. */
export async function digestFile(path: string, signal: AbortSignal): Promise<Sha256> {
  const hash = createHash("sha256");
  for await (const part of createReadStream(path, { highWaterMark: 1024 * 1024, signal })) hash.update(part as Buffer);
  return hash.digest("hex");
}
