import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { TickmarkError } from "../../shared/errors.ts";
import type { VerifyRequest } from "../../shared/ipc/keeper-contract.ts";
import type { TrustedSignerView } from "../../shared/model/view.ts";
import { replaceJson } from "./replaced-json.ts";

// What else stands in the list is the person's own: it is kept as it is.
const Kept = z.looseObject({
  signers: z.array(z.looseObject({ fingerprint: z.string(), name: z.string(), note: z.string().default("") })),
});
type Kept = z.infer<typeof Kept>;

/** The list of signers that this installation trusts. It lies outside of every bundle; the verifier reads it. */
export class TrustedSigners {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** What the verifier is told about it: its path, where there is a list. */
  asRequest(): Pick<VerifyRequest, "trustPath"> {
    return existsSync(this.#path) ? { trustPath: this.#path } : {};
  }

  /**
   * @param fingerprint SHA-256 of the certificate, lower-case hex
   * @throws when the list is there and cannot be read: it is never replaced by a shorter one
   */
  async add(name: string, fingerprint: string, note: string): Promise<void> {
    const { signers, ...others } = await this.#read();
    if (signers.some((signer) => signer.fingerprint === fingerprint)) {
      return;
    }
    const entry = { name, fingerprint, addedAt: new Date().toISOString(), note };
    await this.#write({ signers: [...signers, entry], ...others });
  }

  /** @throws like `add` */
  async list(): Promise<TrustedSignerView[]> {
    const { signers } = await this.#read();
    return signers.map(({ name, fingerprint, note }) => ({ name, fingerprint, note }));
  }

  /** Bundles by this signer show as signed by an unknown one from now on. @throws like `add` */
  async remove(fingerprint: string): Promise<void> {
    const { signers, ...others } = await this.#read();
    await this.#write({ signers: signers.filter((signer) => signer.fingerprint !== fingerprint), ...others });
  }

  async #read(): Promise<Kept> {
    if (!existsSync(this.#path)) return { signers: [] };
    try {
      return Kept.parse(JSON.parse(await readFile(this.#path, "utf8")));
    } catch (cause) {
      throw new TickmarkError(
        "file-unreadable",
        `The list of trusted signers, ${this.#path}, cannot be read.`,
        "Restore it from a copy, or remove it and trust each signer again after comparing its fingerprint.",
        { cause },
      );
    }
  }

  async #write(kept: Kept): Promise<void> {
    await replaceJson(this.#path, kept);
  }
}
