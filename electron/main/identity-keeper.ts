import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { TickmarkError } from "../../shared/errors.ts";
import type { ResponseOf } from "../../shared/ipc/contract.ts";
import type { KeeperProcedure, KeeperRequest } from "../../shared/ipc/keeper-contract.ts";
import { PassphraseKeeper } from "./passphrase-keeper.ts";

type IdentityView = ResponseOf<"identity.create">;

interface Engine {
  call(procedure: string, request: unknown): Promise<unknown>;
}

/** Keeps the identity that exports are signed with: the PKCS#12 file in a folder of its own, its passphrase in the keychain. */
export class IdentityKeeper {
  readonly #pkcs12Path: string;
  readonly #passphrase: PassphraseKeeper;
  readonly #engine: Engine;

  constructor(folder: string, engine: Engine) {
    this.#pkcs12Path = join(folder, "identity.p12");
    this.#passphrase = new PassphraseKeeper(join(folder, "passphrase"));
    this.#engine = engine;
  }

  /** The identity at hand, or null where there is none that can be used. */
  async show(): Promise<IdentityView | null> {
    const passphrase = await this.#passphrase.read();
    if (passphrase === undefined || !existsSync(this.#pkcs12Path)) {
      return null;
    }
    return this.#ask("identity.read", { pkcs12Path: this.#pkcs12Path, passphrase });
  }

  async create(commonName: string, organisation: string): Promise<IdentityView> {
    const passphrase = randomBytes(24).toString("base64url");
    await this.#setAside();
    const view = await this.#ask("identity.create", {
      pkcs12Path: this.#pkcs12Path,
      passphrase,
      commonName,
      organisation,
    });
    await this.#passphrase.keep(passphrase);
    return view;
  }

  /** Takes over a PKCS#12 file, once the engine could open it with the passphrase. */
  async load(path: string, passphrase: string): Promise<IdentityView> {
    const view = await this.#ask("identity.read", { pkcs12Path: path, passphrase });
    await this.#setAside();
    await copyFile(path, this.#pkcs12Path);
    await this.#passphrase.keep(passphrase);
    return view;
  }

  /** Where the key is and what opens it, for an export. */
  async requireKey(): Promise<KeeperRequest<"identity.read">> {
    const passphrase = await this.#passphrase.read();
    if (passphrase === undefined || !existsSync(this.#pkcs12Path)) {
      throw new TickmarkError(
        "identity-missing",
        "There is no identity to sign the export with.",
        "Create an identity or load one from a PKCS#12 file, then export again.",
      );
    }
    return { pkcs12Path: this.#pkcs12Path, passphrase };
  }

  /** An older identity is kept beside the new one: bundles that it signed name it. */
  async #setAside(): Promise<void> {
    await mkdir(dirname(this.#pkcs12Path), { recursive: true, mode: 0o700 });
    if (existsSync(this.#pkcs12Path)) {
      await rename(this.#pkcs12Path, `${this.#pkcs12Path}.${randomBytes(4).toString("hex")}.old`);
    }
  }

  async #ask<P extends KeeperProcedure>(procedure: P, request: KeeperRequest<P>): Promise<IdentityView> {
    return (await this.#engine.call(procedure, request)) as IdentityView;
  }
}
