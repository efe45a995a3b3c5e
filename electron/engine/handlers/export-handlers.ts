import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { TickmarkError } from "../../../shared/errors.ts";
import type { KeeperHandlers } from "../handler-types.ts";
import { viewIdentity } from "../identity-view.ts";
import type { Session } from "../session.ts";

/** Loaded when first used: neither start nor pull needs the signing stack. */
const loadIdentities = async () => {
  const [{ createIdentity }, { loadIdentity }] = await Promise.all([
    import("../../export/identity/identity-creation.ts"),
    import("../../export/identity/identity-loading.ts"),
  ]);
  return { createIdentity, loadIdentity };
};

export function createExportHandlers(session: Session): KeeperHandlers {
  const read = async (path: string, passphrase: string) => {
    const { loadIdentity } = await loadIdentities();
    return loadIdentity(await readPkcs12(path), passphrase);
  };
  return {
    "identity.read": async ({ pkcs12Path, passphrase }) => viewIdentity(await read(pkcs12Path, passphrase)),
    async "identity.create"({ pkcs12Path, passphrase, commonName, organisation }) {
      const { createIdentity, loadIdentity } = await loadIdentities();
      const validFrom = session.now();
      const request = { commonName, organisation, keyType: "rsa-3072" as const, validFrom, validYears: 3 };
      const { pkcs12 } = await createIdentity(request, passphrase);
      await writeNewFile(resolve(pkcs12Path), pkcs12);
      return viewIdentity(await loadIdentity(pkcs12, passphrase));
    },
    async "export.write"({ pkcs12Path, passphrase, zipPath, evidence }) {
      const { exportBundle } = await import("../steps/export-step.ts");
      return exportBundle(session, zipPath, evidence, await read(pkcs12Path, passphrase));
    },
  };
}

async function readPkcs12(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new TickmarkError(
      "identity-missing",
      `The identity file ${path} cannot be read.`,
      "Check its path, or create an identity.",
      { cause },
    );
  }
}

/** The only copy of a key is never overwritten. */
async function writeNewFile(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(path, bytes, { flag: "wx", mode: 0o600 });
  } catch (cause) {
    throw new TickmarkError(
      "file-unwritable",
      `The identity cannot be written to ${path}: ${cause instanceof Error ? cause.message : String(cause)}.`,
      "Choose a path where no file is yet and that you may write to.",
      { cause },
    );
  }
}
