import { createHash } from "node:crypto";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { safeStorage } from "electron";
import { z } from "zod";
import { TickmarkError } from "../../shared/errors.ts";
import { KeptToken, type KeptTokens } from "../../shared/model/kept-token.ts";
import { hasKeychain } from "./keychain.ts";
import { replaceJson } from "./replaced-json.ts";

/** A token with what is kept beside it. */
export interface NewToken {
  readonly name: string;
  readonly account: string;
  readonly secret: string;
  /** Whoever keeps it agrees that it is lost when Tickmark closes, where the system has no keychain. */
  readonly untilClosed: boolean;
}

/** As it lies on the disk: whoever reads it sees whose it is, and only the keychain opens the token. */
const TokenFile = KeptToken.omit({ where: true }).extend({ encrypted: z.base64() });
type TokenFile = z.infer<typeof TokenFile>;

interface HeldToken {
  readonly token: KeptToken;
  readonly secret: string;
}

/**
 * Keeps the tokens of sources, one file each, encrypted by the system's keychain. Where there is none, a token is held
 * in memory until Tickmark closes, and only if whoever keeps it agreed: a file that anyone could read is never written.
 */
export class TokenKeeper {
  readonly #folder: string;
  readonly #now: () => string;
  readonly #inMemory = new Map<string, HeldToken>();

  constructor(folder: string, now: () => string) {
    this.#folder = folder;
    this.#now = now;
  }

  async list(): Promise<KeptTokens> {
    const names = await readdir(this.#folder).catch((): string[] => []);
    const files = await Promise.all(names.filter((name) => name.endsWith(".json")).map((name) => this.#readFile(name)));
    const kept = files.flatMap((file): KeptToken[] => {
      if (file === null || this.#inMemory.has(file.name)) return [];
      const { encrypted: _encrypted, ...token } = file;
      return [{ ...token, where: "keychain" }];
    });
    const held = [...this.#inMemory.values()].map(({ token }) => token);
    const tokens = [...kept, ...held].sort((one, other) => (one.name < other.name ? -1 : 1));
    return { hasKeychain: hasKeychain(), tokens };
  }

  /**
   * Keeps a token, in the place of one of the same name.
   * @throws keychain-missing where the system has none and nobody agreed to less
   */
  async keep({ name, account, secret, untilClosed }: NewToken): Promise<void> {
    const token = { name, account, keptAt: this.#now() };
    if (hasKeychain()) {
      const encrypted = safeStorage.encryptString(secret).toString("base64");
      await this.#writeFile({ ...token, encrypted });
      this.#inMemory.delete(name);
      return;
    }
    if (!untilClosed) throw noKeychain();
    await rm(this.#pathOf(name), { force: true });
    this.#inMemory.set(name, { token: { ...token, where: "memory" }, secret });
  }

  async remove(name: string): Promise<void> {
    this.#inMemory.delete(name);
    await rm(this.#pathOf(name), { force: true });
  }

  /** Undefined where none of this name was kept, or where the keychain no longer opens it. */
  async read(name: string): Promise<string | undefined> {
    const held = this.#inMemory.get(name);
    if (held !== undefined) return held.secret;
    const file = await this.#readFile(fileNameOf(name));
    if (file === null || !hasKeychain()) return undefined;
    try {
      return safeStorage.decryptString(Buffer.from(file.encrypted, "base64"));
    } catch {
      return undefined;
    }
  }

  async #readFile(name: string): Promise<TokenFile | null> {
    try {
      return TokenFile.parse(JSON.parse(await readFile(join(this.#folder, name), "utf8")));
    } catch {
      return null;
    }
  }

  async #writeFile(file: TokenFile): Promise<void> {
    await replaceJson(this.#pathOf(file.name), file);
  }

  #pathOf(name: string): string {
    return join(this.#folder, fileNameOf(name));
  }
}

/** Names may differ in case alone, which some file systems do not tell apart. */
function fileNameOf(name: string): string {
  return `${createHash("sha256").update(name).digest("hex").slice(0, 32)}.json`;
}

function noKeychain(): TickmarkError {
  return new TickmarkError(
    "keychain-missing",
    "This system has no keychain that Tickmark can use, so the token was not kept.",
    "Agree to have it kept in memory until Tickmark closes, or name an environment variable or a file instead; on Linux, a keyring such as GNOME Keyring or KWallet gives a keychain.",
  );
}
