/** Names and constants of the container, ASiC-E with CAdES (ETSI EN 319 162-1). Not listed in the manifest: they carry or cover it. */

/** First entry of the archive, stored and without extra field, so that the type is readable at a fixed place. */
export const mimetypePath = "mimetype";
export const containerMediaType = "application/vnd.etsi.asic-e+zip";

export const manifestPath = "manifest.json";
export const sha256sumsPath = "SHA256SUMS";

/** More signatures than this on one bundle are a mistake. */
export const maxSignatures = 99;

/**
 * Each signature has a list of its own that it is over, which names it: one list can name one signature (ETSI EN 319 162-1, A.4).
 * All lists of a bundle name the same files. They are numbered from 1 without a gap.
 */
export const asicManifestPathOf = (number: number) => `META-INF/ASiCManifest${String(number).padStart(3, "0")}.xml`;
export const signaturePathOf = (number: number) => `META-INF/signature${String(number).padStart(3, "0")}.p7s`;
/** Of whoever exported the bundle. */
export const asicManifestPath = asicManifestPathOf(1);
export const signaturePath = signaturePathOf(1);

/** How many signatures a container has: that many lists from the first on are there. A list without its signature counts. */
export function countSignatures(has: (path: string) => boolean): number {
  let count = 0;
  while (count < maxSignatures && has(asicManifestPathOf(count + 1))) count++;
  return count;
}

const metaFolder = "META-INF/";

/** True for the names that the container itself uses; no part of a bundle may take them. `folded` comes from `foldPath`. */
export function isReserved(folded: string): boolean {
  const reserved = [mimetypePath, manifestPath, sha256sumsPath, metaFolder.slice(0, -1)];
  return reserved.some((name) => name.toLowerCase() === folded) || folded.startsWith(metaFolder.toLowerCase());
}
