/** Names and constants of the container, ASiC-E with CAdES (ETSI EN 319 162-1). Not listed in the manifest: they carry or cover it. */

/** First entry of the archive, stored and without extra field, so that the type is readable at a fixed place. */
export const mimetypePath = "mimetype";
export const containerMediaType = "application/vnd.etsi.asic-e+zip";

export const manifestPath = "manifest.json";
export const sha256sumsPath = "SHA256SUMS";
export const asicManifestPath = "META-INF/ASiCManifest001.xml";
export const signaturePath = "META-INF/signature001.p7s";

const metaFolder = "META-INF/";

/** True for the names that the container itself uses; no part of a bundle may take them. `folded` comes from `foldPath`. */
export function isReserved(folded: string): boolean {
  const reserved = [mimetypePath, manifestPath, sha256sumsPath, metaFolder.slice(0, -1)];
  return reserved.some((name) => name.toLowerCase() === folded) || folded.startsWith(metaFolder.toLowerCase());
}
