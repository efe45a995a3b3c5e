import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { safeStorage } from "electron";
import { hasKeychain } from "./keychain.ts";

/**
 * Keeps one passphrase, encrypted by the system's keychain. Where the system has none, it is kept in memory until
 * Tickmark closes: a file that anyone could read would be no secret.
 */
export class PassphraseKeeper {
  readonly #path: string;
  #inMemory: string | undefined;

  /** @param path where the encrypted passphrase is kept */
  constructor(path: string) {
    this.#path = path;
  }

  async keep(passphrase: string): Promise<void> {
    this.#inMemory = passphrase;
    if (hasKeychain()) {
      await mkdir(dirname(this.#path), { recursive: true });
      await writeFile(this.#path, safeStorage.encryptString(passphrase), { mode: 0o600 });
    }
  }

  /** Undefined where none was kept, or where the keychain no longer opens it. */
  async read(): Promise<string | undefined> {
    if (this.#inMemory === undefined && hasKeychain()) {
      try {
        this.#inMemory = safeStorage.decryptString(await readFile(this.#path));
      } catch {
        return undefined;
      }
    }
    return this.#inMemory;
  }
}
