import { createHash, hash } from "node:crypto";
import type { Digest, Sha256 } from "../../shared/model/digest.ts";

export const digest: Digest = (content) => hash("sha256", content, "hex");

/** SHA-256 of lines, each followed by LF, without holding them together. */
export function digestLines(lines: Iterable<string>): Sha256 {
  const digesting = createHash("sha256");
  for (const line of lines) digesting.update(`${line}\n`);
  return digesting.digest("hex");
}
