import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Writes a small file of this installation, for its own person's eyes, so that it is either the old one or the new one whole. */
export async function replaceJson(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const incoming = `${path}.new`;
  await writeFile(incoming, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  await rename(incoming, path);
}
