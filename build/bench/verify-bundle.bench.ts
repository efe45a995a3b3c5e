/**
 * The checks of a bundle's files and signatures, before anything is re-performed, against `unzip -t` and `sha256sum -c`: what a
 * recipient without Tickmark runs to know as much.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { issueCertificates } from "../../electron/export/identity/certificate-issuing.ts";
import { identityOf } from "../../electron/export/identity/signing-identity.ts";
import { type BundlePart, writeContainer } from "../../electron/export/zip.ts";
import { comparePaths } from "../../shared/bundle/manifest.ts";
import { instantOf } from "../../shared/model/instant.ts";
import { formatMs, nodeFlags, report } from "./measurement.ts";
import { mixedEvidence } from "./mixed-evidence.ts";

const wanted = 2 * 2 ** 30;
const folder = mkdtempSync(join(tmpdir(), "tickmark-bench-"));
try {
  const bundle = join(folder, "bundle.zip");
  await writeBundle(bundle);
  const unpacked = join(folder, "unpacked");
  mkdirSync(unpacked);
  execFileSync("unzip", ["-qq", bundle, "-d", unpacked]);
  const commands = [
    ["unzip", ["-tqq", bundle]],
    ["sha256sum", ["--check", "--quiet", "SHA256SUMS"]],
  ] as const;
  const runAll = () => {
    const began = performance.now();
    for (const [program, args] of commands) execFileSync(program, args, { cwd: unpacked });
    return performance.now() - began;
  };
  // Once before, so that both find the files in the system's cache.
  runAll();
  const rounds = Array.from({ length: 3 }, () => ({ bare: runAll(), ours: verify(bundle) }));
  const middle = rounds.toSorted((a, b) => a.ours.ms / a.bare - b.ours.ms / b.bare)[1];
  if (middle === undefined) throw new Error("No round was measured.");
  report({
    what: `verification of a bundle with ${(wanted / 2 ** 30).toFixed(1)} GiB of mixed evidence (${(statSync(bundle).size / 2 ** 30).toFixed(1)} GiB packed), before re-performance (middle of 3; target 1.5)`,
    ours: formatMs(middle.ours.ms),
    bare: `${formatMs(middle.bare)}, unzip -t and sha256sum -c`,
    ratio: middle.ours.ms / middle.bare,
    peakMemoryBytes: middle.ours.peakMemoryBytes,
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function verify(bundle: string): { readonly ms: number; readonly peakMemoryBytes: number } {
  const output = execFileSync(process.execPath, [...nodeFlags, join(import.meta.dirname, "verify-process.ts"), bundle]);
  const { failed, ...measured } = JSON.parse(output.toString());
  if (failed.length > 0) throw new Error(`The bundle of the benchmark does not verify: ${failed.join(" ")}`);
  return measured;
}

async function writeBundle(target: string): Promise<void> {
  const subject = { commonName: "Bench", organisation: "Bench" };
  const from = new Date("2025-01-01T00:00:00Z");
  const { leafKey, leaf, root } = await issueCertificates(
    subject,
    "ecdsa-p256",
    from,
    new Date("2099-01-01T00:00:00Z"),
  );
  const engagement = { id: "e", name: "Bench", entity: "Bench", from: "2025-01-01", to: "2026-01-01", timeZone: "UTC" };
  const at = instantOf(Date.parse("2026-01-01T00:00:00Z"));
  await writeContainer({
    parts: inOrderOfPaths(),
    info: { tool: { name: "Tickmark", version: "0.0.0" }, engagement, createdAt: at, activityHead: "0".repeat(64) },
    identity: identityOf(leafKey, [leaf, root]),
    signedAt: at,
    target,
  });
}

/** Under their hashes, as evidence is; which are sorted here, so that the records are made twice and never held. */
async function* inOrderOfPaths(): AsyncGenerator<BundlePart> {
  yield* [...mixedEvidence(wanted)]
    .map(({ name, bytes }) => ({
      path: `evidence/${createHash("sha256").update(bytes).digest("hex")}`,
      role: "evidence" as const,
      mediaType: name.startsWith("attachment") ? "image/png" : "application/octet-stream",
      bytes,
    }))
    .sort((left, right) => comparePaths(left.path, right.path));
}
