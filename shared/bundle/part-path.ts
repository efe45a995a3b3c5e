import { TickmarkError } from "../errors.ts";

const maxBytes = 240;
const deviceNames = /^(con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])$/i;
// Control, format (zero width, direction), surrogate, line and paragraph separators: they hide what a name says.
const hiddenCharacters = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
// ASCII without capitals.
const isFolded = /^[\u0020-\u0040\u005b-\u007e]*$/;
// Not allowed in a Windows file name; the colon is also the drive letter and the alternate stream.
const windowsCharacters = /[<>:"|?*\\]/;

/**
 * Checks that a part's path means the same file, inside the folder it is unpacked to, on Linux, macOS and Windows.
 *
 * @returns the path, unchanged
 * @throws TickmarkError `bundle-path-invalid`, saying what is wrong with which path
 */
export function checkPartPath(path: string): string {
  const problem = problemOfPath(path);
  if (problem !== null) throw invalidPath(`The path ${printable(path)} ${problem}.`);
  return path;
}

/**
 * Checks each path, and that no two of them are one file somewhere: equal, equal but for case or for Unicode form,
 * or one the folder of another.
 *
 * @throws TickmarkError `bundle-path-invalid`
 */
export function checkPartPaths(paths: readonly string[]): void {
  const guard = new PartPathGuard();
  const seen = new Set<string>();
  for (const path of paths) {
    if (seen.has(path)) throw repeatedPath(path);
    seen.add(path);
    guard.add(path);
  }
  for (const path of paths) guard.confirm(path);
}

/**
 * The same as `checkPartPaths` for paths that are too many to hold: `add` takes each, and `confirm` each again when all have
 * come. Held are folders, and paths that differ from their folded form, which are few. That none is repeated as it stands is left
 * to the caller.
 */
export class PartPathGuard {
  /** Folded form → path, where they differ. */
  readonly #unfolded = new Map<string, string>();
  /** Folded form of a folder → the first path in it. */
  readonly #folders = new Map<string, string>();

  add(path: string): void {
    checkPartPath(path);
    const folded = foldPath(path);
    if (folded !== path) {
      const same = this.#unfolded.get(folded);
      if (same !== undefined) throw samePath(same, path);
      this.#unfolded.set(folded, path);
    }
    for (let end = folded.lastIndexOf("/"); end > 0; end = folded.lastIndexOf("/", end - 1)) {
      const folder = folded.slice(0, end);
      if (this.#folders.has(folder)) return;
      this.#folders.set(folder, path);
    }
  }

  confirm(path: string): void {
    const folded = foldPath(path);
    const same = this.#unfolded.get(folded);
    if (same !== undefined && same !== path) throw samePath(same, path);
    const below = this.#folders.get(folded);
    if (below !== undefined)
      throw invalidPath(`The path ${printable(path)} is also the folder of ${printable(below)}.`);
  }
}

/** The fault of a path that a list has more than once. */
export function repeatedPath(path: string): TickmarkError {
  return invalidPath(`The path ${printable(path)} appears twice.`);
}

function samePath(one: string, other: string): TickmarkError {
  return invalidPath(
    `The paths ${printable(one)} and ${printable(other)} are one file where case or Unicode form is ignored.`,
  );
}

/** One spelling for all paths that some file system takes for the same: canonical Unicode form, case folded. */
export function foldPath(path: string): string {
  // As most paths are: this is asked of a million of them.
  if (isFolded.test(path)) return path;
  // Upper case first: it folds more than lower case alone does (ß and SS, ſ and S, the final sigma).
  return path.normalize("NFD").toUpperCase().toLowerCase().normalize("NFC");
}

function problemOfPath(path: string): string | null {
  if (path === "") return "is empty";
  if (!path.isWellFormed()) return "holds half a surrogate pair";
  if (path.normalize("NFC") !== path) return "is not in Unicode form NFC";
  if (byteLength(path) > maxBytes) return `is longer than ${maxBytes} bytes`;
  if (hiddenCharacters.test(path)) return "holds a control or invisible character";
  if (path.startsWith("/") || path.startsWith("\\")) return "is absolute";
  if (/^[a-z]:/i.test(path)) return "starts with a drive letter";
  if (path.startsWith("-")) return "starts with a hyphen, which commands take for an option";
  if (windowsCharacters.test(path)) return "holds a character that Windows does not allow in a name";
  for (const segment of path.split("/")) {
    const problem = problemOfSegment(segment);
    if (problem !== null) return problem;
  }
  return null;
}

function problemOfSegment(segment: string): string | null {
  if (segment === "") return "has an empty segment";
  if (segment === "." || segment === "..") return `has the segment "${segment}"`;
  if (segment.endsWith(".") || segment.endsWith(" ")) return "has a segment that ends with a dot or a space";
  const stem = segment.slice(0, segment.includes(".") ? segment.indexOf(".") : segment.length).trimEnd();
  return deviceNames.test(stem) ? `has the segment "${segment}", a device name on Windows` : null;
}

/** Length in UTF-8. Only for well-formed text. */
function byteLength(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** A hostile path must not be able to move the cursor of the terminal that it is printed on, or fill it. */
function printable(path: string): string {
  const escaped = Array.from(path.slice(0, maxBytes), (character) => {
    return hiddenCharacters.test(character) ? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}` : character;
  });
  return `"${escaped.join("")}${path.length > maxBytes ? "…" : ""}"`;
}

function invalidPath(message: string): TickmarkError {
  return new TickmarkError(
    "bundle-path-invalid",
    message,
    "Nothing was written. If it came with a bundle, do not unpack it and ask the sender for a new one.",
  );
}
