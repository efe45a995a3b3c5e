import type { Sha256 } from "../model/digest.ts";
import { manifestPath } from "./container-names.ts";
import type { Manifest } from "./manifest.ts";

/**
 * The text of `SHA256SUMS`: every file of the manifest and the manifest itself, for `sha256sum -c SHA256SUMS`.
 * Part paths hold neither backslash nor line break (part-path.ts), so that none needs the escaping of coreutils.
 */
export function encodeSha256Sums(manifest: Manifest, manifestSha256: Sha256): string {
  const lines = manifest.files.map((file) => `${file.sha256}  ${file.path}\n`);
  return `${lines.join("")}${manifestSha256}  ${manifestPath}\n`;
}
