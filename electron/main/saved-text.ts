import { randomUUID } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { TickmarkError } from "../../shared/errors.ts";

/**
 * Writes a person's text where they chose, in the place of what they agreed to replace: it is either the old file or the new
 * one whole.
 * @throws file-unwritable
 */
export async function saveText(path: string, text: string): Promise<void> {
  const incoming = `${path}.${randomUUID()}.new`;
  try {
    await writeFile(incoming, text, { flag: "wx" });
    await rename(incoming, path);
  } catch (cause) {
    await rm(incoming, { force: true });
    throw unwritable(path, cause);
  }
}

function unwritable(path: string, cause: unknown): TickmarkError {
  return new TickmarkError(
    "file-unwritable",
    `The file ${path} cannot be written.`,
    "Choose another folder, or free its disk. What you edited is still in the window.",
    { cause },
  );
}
