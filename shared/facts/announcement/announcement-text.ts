/** A message that is longer is cut: what it announces stands at its beginning. */
export const longestText = 20_000;

/** Name of the file that a record is of, without its folders. */
export function fileNameOf(locator: string): string {
  // A channel's name begins with the sign that also parts a file's name from the place of a part in it.
  return (
    locator
      .replace(/#(?:line|\/)[^#]*$/, "")
      .split("/")
      .at(-1) ?? ""
  );
}
