/**
 * An id for a source of dropped files: the file's name in the letters that an id may have, and a number where another
 * source has that id.
 */
export function idForFile(path: string, taken: readonly string[]): string {
  const name = path.split(/[/\\]/).filter(Boolean).at(-1) ?? "";
  const letters = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+/, "")
    .slice(0, 50)
    .replace(/-+$/, "");
  const id = letters === "" ? "files" : letters;
  if (!taken.includes(id)) return id;
  for (let number = 2; ; number += 1) if (!taken.includes(`${id}-${number}`)) return `${id}-${number}`;
}
