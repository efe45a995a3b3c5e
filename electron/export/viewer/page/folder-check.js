/** Files that carry or cover the manifest and so cannot be in it. Others may have signed after the first one. */
const uncovered = /^(mimetype|manifest\.json|SHA256SUMS|META-INF\/(ASiCManifest\d{3}\.xml|signature\d{3}\.p7s))$/;

/**
 * Compares the files of an unpacked folder with its manifest. Says nothing about who wrote either.
 *
 * @param files path in the bundle → File
 * @param hash bytes → lower-case hexadecimal SHA-256
 * @param progress called with the number of files done and their total
 * @returns sentences on what differs; empty when nothing does
 */
export async function checkFolder(files, hash, progress) {
  const manifestFile = files.get("manifest.json");
  if (!manifestFile)
    return ["There is no manifest.json in this folder: choose the folder that the bundle was unpacked to."];
  const manifest = JSON.parse(await manifestFile.text());
  const problems = [];
  for (const [index, listed] of manifest.files.entries()) {
    progress(index, manifest.files.length);
    const file = files.get(listed.path);
    if (!file) problems.push(`${listed.path} is missing.`);
    else if (file.size !== listed.size) problems.push(`${listed.path} has ${file.size} bytes and not ${listed.size}.`);
    else if ((await hash(await file.arrayBuffer())) !== listed.sha256)
      problems.push(`${listed.path} is not the file that the manifest names.`);
  }
  const known = new Set(manifest.files.map(({ path }) => path));
  for (const path of files.keys())
    if (!known.has(path) && !uncovered.test(path)) problems.push(`${path} is not in the manifest.`);
  return problems;
}

/** Files by their path below the folder that was chosen. */
export function filesByPath(list) {
  return new Map(Array.from(list, (file) => [file.webkitRelativePath.split("/").slice(1).join("/"), file]));
}

export async function sha256Hex(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
