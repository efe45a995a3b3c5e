export interface NamedItem {
  readonly id: string;
  readonly reason: string;
}

/** Reads items that were typed, one on a line: the id, a space, and why it was named. A line without a reason is null. */
export function readNamedItems(typed: string): NamedItem[] | null {
  const lines = typed
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const items = lines.map((line) => {
    const [id = "", ...words] = line.split(/\s+/);
    return { id, reason: words.join(" ") };
  });
  return items.length > 0 && items.every(({ reason }) => reason !== "") ? items : null;
}
