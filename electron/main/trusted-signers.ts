import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import type { VerifyRequest } from "../../shared/ipc/keeper-contract.ts";

// What else stands in the list is the person's own: it is kept as it is.
const Kept = z.looseObject({ signers: z.array(z.looseObject({ fingerprint: z.string() })) });

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
    const { signers, ...others } = existsSync(this.#path)
      ? Kept.parse(JSON.parse(await readFile(this.#path, "utf8")))
      : { signers: [] };
    if (signers.some((signer) => signer.fingerprint === fingerprint)) {
      return;
    }
    const entry = { name, fingerprint, addedAt: new Date().toISOString(), note };
    await mkdir(dirname(this.#path), { recursive: true });
    const incoming = `${this.#path}.new`;
    await writeFile(incoming, `${JSON.stringify({ signers: [...signers, entry], ...others }, null, 2)}\n`);
    await rename(incoming, this.#path);
  }
}
