import type { Sha256 } from "../model/digest.ts";
import { manifestPath } from "./container-names.ts";
import type { ManifestFile } from "./manifest.ts";

/**
 * The text of `SHA256SUMS`, line by line: every file of the manifest and the manifest itself, for `sha256sum -c SHA256SUMS`.
 * Part paths hold neither backslash nor line break (part-path.ts), so that none needs the escaping of coreutils.
 */
export function* sha256SumsLines(files: Iterable<ManifestFile>, manifestSha256: Sha256): Generator<string> {
  for (const { sha256, path } of files) yield `${sha256}  ${path}\n`;
  yield `${manifestSha256}  ${manifestPath}\n`;
}
