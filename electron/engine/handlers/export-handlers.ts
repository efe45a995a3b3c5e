import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { TickmarkError } from "../../../shared/errors.ts";
import type { KeeperHandlers } from "../handler-types.ts";
import { openIdentity } from "../identity-opening.ts";
import { viewIdentity } from "../identity-view.ts";
import { readRedactionRules } from "../redaction-rules-file.ts";
import type { Session } from "../session.ts";

export function createExportHandlers(
  session: Session,
): Omit<KeeperHandlers, "source.test" | "pull.run" | "bundle.browse"> {
  return {
    "identity.read": async ({ key }) => viewIdentity(await openIdentity(key)),
    async "identity.create"({ pkcs12Path, passphrase, commonName, organisation, keyType }) {
      const { createIdentity } = await import("../../export/identity/identity-creation.ts");
      const request = { commonName, organisation, keyType, validFrom: session.now(), validYears: 3 };
      const { pkcs12 } = await createIdentity(request, passphrase);
      const path = resolve(pkcs12Path);
      await writeNewFile(path, pkcs12);
      return viewIdentity(await openIdentity({ pkcs12Path: path, passphrase }));
    },
    async "export.write"({ key, zipPath, evidence, redactionPath, ...signing }) {
      const redaction = redactionPath === undefined ? {} : { redaction: readRedactionRules(redactionPath) };
      const { exportBundle } = await import("../steps/export-step.ts");
      return exportBundle(session, zipPath, evidence, await openIdentity(key), { ...signing, ...redaction });
    },
    async "bundle.sign"({ key, role, timestamp, ...bundle }) {
      const { signBundle } = await import("../steps/seal-step.ts");
      const signing = timestamp === undefined ? { role } : { role, timestamp };
      return signBundle(session, bundle, await openIdentity(key), signing);
    },
    async "bundle.timestamp"({ timestamp, ...bundle }) {
      const { timestampBundle } = await import("../steps/seal-step.ts");
      return timestampBundle(session, bundle, timestamp);
    },
  };
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
