import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, copyFile, mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { TickmarkError } from "../../shared/errors.ts";
import type { KeeperProcedure, KeeperRequest, KeeperResponse } from "../../shared/ipc/keeper-contract.ts";
import { PassphraseKeeper } from "./passphrase-keeper.ts";
import { TokenNote } from "./token-note.ts";
import type { TrustedSigners } from "./trusted-signers.ts";

type IdentityView = KeeperResponse["identity.read"];

interface Engine {
  call(procedure: string, request: unknown): Promise<unknown>;
}

type SigningKey = KeeperRequest<"identity.read">["key"];
type TokenPlace = Extract<SigningKey, { token: unknown }>["token"];

/**
 * Keeps the identity that exports are signed with: a PKCS#12 file in a folder of its own, or where a token's key is found; the
 * passphrase or PIN in the keychain.
 */
export class IdentityKeeper {
  readonly #pkcs12Path: string;
  readonly #token: TokenNote;
  readonly #passphrase: PassphraseKeeper;
  readonly #pin: PassphraseKeeper;
  readonly #engine: Engine;
  readonly #trusted: TrustedSigners;

  constructor(folder: string, engine: Engine, trusted: TrustedSigners) {
    this.#pkcs12Path = join(folder, "identity.p12");
    this.#token = new TokenNote(join(folder, "token.json"));
    this.#passphrase = new PassphraseKeeper(join(folder, "passphrase"));
    this.#pin = new PassphraseKeeper(join(folder, "pin"));
    this.#engine = engine;
    this.#trusted = trusted;
  }

  /** The identity at hand, or null where there is none that can be used. */
  async show(): Promise<IdentityView | null> {
    const noted = await this.#token.read();
    // The token itself is asked only when it has to sign: each look would cost a try of the PIN.
    if (noted !== null) return (await this.#pin.read()) === undefined ? null : noted.view;
    const passphrase = await this.#passphrase.read();
    if (passphrase === undefined || !existsSync(this.#pkcs12Path)) {
      return null;
    }
    return this.#ask("identity.read", { key: { pkcs12Path: this.#pkcs12Path, passphrase } });
  }

  async create(
    commonName: string,
    organisation: string,
    keyType: KeeperRequest<"identity.create">["keyType"],
  ): Promise<IdentityView> {
    const passphrase = randomBytes(24).toString("base64url");
    return this.#takeOver(passphrase, (pkcs12Path) =>
      this.#ask("identity.create", { pkcs12Path, passphrase, commonName, organisation, keyType }),
    );
  }

  /** Signs with a key on a token from now on, if the engine can open it with the PIN. */
  async useToken(token: TokenPlace, pin: string): Promise<IdentityView> {
    const view = await this.#ask("identity.read", { key: { token, pin } });
    await this.#pin.keep(pin);
    await this.#token.write({ token, view });
    await this.#trusted.add(view.subject, view.fingerprint, "the identity of this installation");
    return view;
  }

  /** Takes over a PKCS#12 file, if the engine can open it with the passphrase. */
  async load(path: string, passphrase: string): Promise<IdentityView> {
    return this.#takeOver(passphrase, async (pkcs12Path) => {
      const view = await this.#ask("identity.read", { key: { pkcs12Path: path, passphrase } });
      await copyFile(path, pkcs12Path);
      return view;
    });
  }

  /** Where the key is and what opens it, for an export. */
  async requireKey(): Promise<SigningKey> {
    const noted = await this.#token.read();
    const pin = noted === null ? undefined : await this.#pin.read();
    if (noted !== null && pin !== undefined) return { token: noted.token, pin };
    const passphrase = noted === null ? await this.#passphrase.read() : undefined;
    if (passphrase === undefined || !existsSync(this.#pkcs12Path)) {
      throw new TickmarkError(
        "identity-missing",
        "There is no identity to sign the export with.",
        "Create an identity, load one from a PKCS#12 file or use a token, then export again.",
      );
    }
    return { pkcs12Path: this.#pkcs12Path, passphrase };
  }

  /**
   * Makes the file that `write` writes the identity at hand. Until that has succeeded the older one stays; afterwards it
   * is kept beside the new one, because bundles that it signed name it.
   */
  async #takeOver(passphrase: string, write: (pkcs12Path: string) => Promise<IdentityView>): Promise<IdentityView> {
    await mkdir(dirname(this.#pkcs12Path), { recursive: true, mode: 0o700 });
    const mark = randomBytes(4).toString("hex");
    const incoming = `${this.#pkcs12Path}.${mark}.new`;
    try {
      const view = await write(incoming);
      await chmod(incoming, 0o600);
      if (existsSync(this.#pkcs12Path)) {
        await rename(this.#pkcs12Path, `${this.#pkcs12Path}.${mark}.old`);
      }
      await rename(incoming, this.#pkcs12Path);
      await this.#passphrase.keep(passphrase);
      await this.#token.remove();
      // Whoever holds the key has no need to compare its fingerprint.
      await this.#trusted.add(view.subject, view.fingerprint, "the identity of this installation");
      return view;
    } finally {
      await rm(incoming, { force: true });
    }
  }

  async #ask<P extends KeeperProcedure>(procedure: P, request: KeeperRequest<P>): Promise<KeeperResponse[P]> {
    return (await this.#engine.call(procedure, request)) as KeeperResponse[P];
  }
}
