/**
 * Compares the files of an unpacked folder with its manifest. Says nothing about who wrote either.
 *
 * @param files path in the bundle → file
 * @param hash bytes → lower-case hexadecimal SHA-256
 * @param progress called with the number of files done and their total
 * @returns sentences on what differs; empty when nothing does
 */
export function checkFolder(
  files: ReadonlyMap<string, File>,
  hash: (bytes: ArrayBuffer) => Promise<string>,
  progress: (done: number, total: number) => void,
): Promise<string[]>;
/** Files by their path below the folder that was chosen. */
export function filesByPath(list: Iterable<File> | ArrayLike<File>): Map<string, File>;
export function sha256Hex(bytes: ArrayBuffer): Promise<string>;
