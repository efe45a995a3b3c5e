const trailer = /^co-authored-by:\s*(.*?)\s*<([^<>]*)>/i;

/**
 * People that a commit message names as co-authors. git itself sees a trailer only in a message's last paragraph;
 * here every line of that form counts, since text that was added below it does not undo who wrote the change, and an
 * approval by a co-author that was overlooked would count as independent.
 */
export function readCoAuthors(message: string): { name: string; email: string }[] {
  const found = new Map<string, { name: string; email: string }>();
  for (const line of unfold(message).split("\n")) {
    const [, name, email] = trailer.exec(line) ?? [];
    if (name === undefined || email === undefined) continue;
    const key = `${name}\n${email.trim().toLowerCase()}`;
    if (!found.has(key)) found.set(key, { name, email: email.trim() });
  }
  return [...found.values()];
}

/** A line that begins with white space continues the one before it. */
function unfold(message: string): string {
  return message.replace(/\r\n/g, "\n").replace(/\n[ \t]+(?=\S)/g, " ");
}
