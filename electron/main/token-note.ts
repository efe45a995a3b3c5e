import { readFile, rm } from "node:fs/promises";
import { NotedToken } from "../../shared/ipc/keeper-contract.ts";
import { replaceJson } from "./replaced-json.ts";

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
    await replaceJson(this.#path, noted);
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
