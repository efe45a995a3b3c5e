import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { NotedToken } from "../../shared/ipc/keeper-contract.ts";

/** Remembers where the token's key is found, and nothing that opens it. */
export class TokenNote {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Null where no token is in use, or where the note cannot be read. */
  async read(): Promise<NotedToken | null> {
    const text = await readFile(this.#path, "utf8").catch(() => null);
    return text === null ? null : parse(text);
  }

  async write(noted: NotedToken): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
    const incoming = `${this.#path}.new`;
    await writeFile(incoming, `${JSON.stringify(noted, null, 2)}\n`, { mode: 0o600 });
    await rename(incoming, this.#path);
  }

  async remove(): Promise<void> {
    await rm(this.#path, { force: true });
  }
}

function parse(text: string): NotedToken | null {
  try {
    return NotedToken.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
