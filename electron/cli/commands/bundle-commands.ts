import { type Command, Option } from "commander";
import { TickmarkError } from "../../../shared/errors.ts";
import type { EvidenceScope } from "../../../shared/model/evidence-scope.ts";
import type { SecretPlace } from "../../../shared/model/source-parts.ts";
import { firstFailure, type VerificationReport } from "../../../shared/model/verification-report.ts";
import type { ExportView, IdentityView } from "../../../shared/model/view.ts";
import { type Runner, textOption } from "../command.ts";

const passphraseOptions = [
  new Option("--passphrase-env <name>", "environment variable with the identity's passphrase"),
  new Option("--passphrase-file <path>", "file with the identity's passphrase"),
] as const;

export function addBundleCommands(program: Command, runner: Runner): void {
  addIdentity(program, runner);
  addExport(program, runner);
  addVerify(program, runner);
}

function addIdentity(program: Command, { run }: Runner): void {
  const identity = program.command("identity").description("the key that bundles are signed with");
  const create = identity
    .command("create <pkcs12>")
    .description("make a private root and a signing certificate, kept in a new PKCS#12 file")
    .requiredOption("--name <name>", "who signs")
    .requiredOption("--organisation <name>", "for whom");
  for (const option of passphraseOptions) create.addOption(option);
  create.action(
    run<[string]>(async ({ output, engine }, options, pkcs12Path) => {
      const passphrase = await readPassphrase(options);
      const view = await (await engine()).keep("identity.create", {
        pkcs12Path,
        passphrase,
        commonName: textOption(options, "name"),
        organisation: textOption(options, "organisation"),
      });
      output.result(view, describeIdentity(view));
    }),
  );
  const show = identity.command("show <pkcs12>").description("show the certificate and its fingerprint");
  for (const option of passphraseOptions) show.addOption(option);
  show.action(
    run<[string]>(async ({ output, engine }, options, pkcs12Path) => {
      const view = await (await engine()).keep("identity.read", {
        pkcs12Path,
        passphrase: await readPassphrase(options),
      });
      output.result(view, describeIdentity(view));
    }),
  );
}

function addExport(program: Command, { run }: Runner): void {
  const command = program
    .command("export <file> <zip>")
    .description("write the signed report and the signed bundle: NAME.pdf beside NAME.zip")
    .requiredOption("--identity <pkcs12>", "PKCS#12 file with the signing key")
    .addOption(
      new Option("--evidence <scope>", "evidence of the sampled items, or all of it")
        .choices(["sampled", "all"])
        .default("sampled"),
    );
  for (const option of passphraseOptions) command.addOption(option);
  command.action(
    run<[string, string]>(async ({ output, engine }, options, file, zipPath) => {
      const passphrase = await readPassphrase(options);
      const client = await engine();
      await client.call("engagement.open", { path: file });
      const view = await client.keep("export.write", {
        pkcs12Path: textOption(options, "identity"),
        passphrase,
        zipPath,
        evidence: options.evidence as EvidenceScope,
      });
      output.result(view, describeExport(view));
    }),
  );
}

function addVerify(program: Command, { run }: Runner): void {
  program
    .command("verify <zip>")
    .description("check a bundle and do the audit again from it; opens no engagement and no network")
    .option("--report <pdf>", "the report that came beside it, to check as well")
    .option("--trust <file>", "JSON list of the signers that you trust, kept by you")
    .addHelpText(
      "after",
      `
The list of trusted signers is yours, never the bundle's:
  {"signers": [{"name": "Audit Ltd", "fingerprint": "<SHA-256>", "addedAt": "2026-01-31T00:00:00.000Z", "note": "by phone"}]}

Exit status: 0 the bundle holds, 1 a check failed, 2 wrong usage, 3 it cannot be opened.
A bundle that holds and whose signer is not on the list is reported as "signer unknown" with status 0.`,
    )
    .action(
      run<[string]>(async ({ output }, options, zipPath) => {
        const { verifyFiles } = await import("../../verifier/verify-files.ts");
        const report = await verifyFiles({
          zipPath,
          ...(options.report === undefined ? {} : { pdfPath: textOption(options, "report") }),
          ...(options.trust === undefined ? {} : { trustPath: textOption(options, "trust") }),
          onProgress: (progress) => output.progress("work-progress", progress),
        });
        output.result(report, describeVerification(report));
        return report.verdict === "failed" ? 1 : 0;
      }),
    );
}

async function readPassphrase(options: Record<string, unknown>): Promise<string> {
  const place: SecretPlace | undefined =
    options.passphraseEnv !== undefined
      ? { in: "environment", name: textOption(options, "passphraseEnv") }
      : options.passphraseFile !== undefined
        ? { in: "file", path: textOption(options, "passphraseFile") }
        : undefined;
  if (!place) {
    throw new TickmarkError(
      "usage",
      "The identity's passphrase was not given.",
      "Give --passphrase-env NAME or --passphrase-file PATH; a passphrase never stands in an argument.",
    );
  }
  const { readSecret } = await import("../../engine/secrets.ts");
  return readSecret(place);
}

export function describeIdentity(view: IdentityView): string[] {
  return [
    `${view.subject} (${view.keyType})`,
    `Fingerprint: ${view.fingerprint}`,
    `Valid from ${view.validFrom} to ${view.validTo}`,
  ];
}

export function describeExport(view: ExportView): string[] {
  return [
    `Bundle: ${view.zipPath} (${view.files} files, ${view.bytes} bytes)`,
    `  SHA-256 ${view.zipSha256}`,
    `Report: ${view.pdfPath}`,
    `  SHA-256 ${view.pdfSha256}`,
    `Signed by ${view.signer.subject}, fingerprint ${view.signer.fingerprint}`,
  ];
}

const verdicts: Record<VerificationReport["verdict"], string> = {
  "verified": "VERIFIED: the bundle is whole, signed by a signer you trust, and comes out the same.",
  "verified-signer-unknown":
    "HOLDS, SIGNER UNKNOWN: the bundle is whole and comes out the same, but you have not said that you trust its signer.",
  "failed": "FAILED: do not rely on this bundle.",
};

const marks = { "passed": "ok  ", "failed": "FAIL", "not-possible": "n/p " } as const;

export function describeVerification(report: VerificationReport): string[] {
  const failure = firstFailure(report);
  return [
    verdicts[report.verdict],
    ...(failure?.expected !== undefined
      ? [`  expected: ${failure.expected}`, `  found:    ${failure.found ?? "nothing"}`]
      : []),
    ...report.checks.map((check) => `${marks[check.outcome]} ${check.title}: ${check.detail}`),
    ...(report.signer
      ? [
          `Signer: ${report.signer.subject}${report.signer.trustedName ? `, trusted as ${report.signer.trustedName}` : ""}`,
          `  fingerprint ${report.signer.fingerprint}; compare it with the signer by another way than the bundle`,
        ]
      : []),
  ];
}
