import { type Command, Option } from "commander";
import type { EvidenceScope } from "../../../shared/model/evidence-scope.ts";
import { showOnOneLine } from "../../../shared/model/hidden-characters.ts";
import type { SignerRole } from "../../../shared/model/signer-role.ts";
import { SplitBy } from "../../../shared/model/split.ts";
import {
  type Check,
  firstFailure,
  type SignatureView,
  type VerificationReport,
} from "../../../shared/model/verification-report.ts";
import type { ExportView } from "../../../shared/model/view.ts";
import { type Runner, textOption } from "../command.ts";
import {
  addKeyOptions,
  addRoleOption,
  addTimestampOptions,
  describeTimestamp,
  readKey,
  readTimestampAuthority,
} from "./signing-options.ts";

export function addBundleCommands(program: Command, runner: Runner): void {
  addExport(program, runner);
  addVerify(program, runner);
}

function addExport(program: Command, { run }: Runner): void {
  const command = program
    .command("export <file> <zip>")
    .description("write the signed report and the signed bundle: NAME.pdf beside NAME.zip")
    .option("--identity <pkcs12>", "PKCS#12 file with the signing key")
    .addOption(
      new Option("--evidence <scope>", "evidence of the sampled items, or all of it")
        .choices(["sampled", "all"])
        .default("sampled"),
    );
  command.addOption(
    new Option(
      "--split <by>",
      "one bundle for each control or each sample, NAME.PART.zip, that names the others",
    ).choices(SplitBy.options),
  );
  command.option("--redact <rules>", "make an edition for outsiders by these rules (YAML, docs/redaction.md)");
  addKeyOptions(command);
  addRoleOption(command, "preparer");
  addTimestampOptions(command);
  command.action(
    run<[string, string]>(async ({ output, engagement }, options, file, zipPath) => {
      const key = await readKey(options, options.identity === undefined ? undefined : textOption(options, "identity"));
      const client = await engagement(file);
      const view = await client.keep("export.write", {
        key,
        zipPath,
        evidence: options.evidence as EvidenceScope,
        role: options.role as SignerRole,
        ...(options.split === undefined ? {} : { split: options.split as SplitBy }),
        ...(options.redact === undefined ? {} : { redactionPath: textOption(options, "redact") }),
        ...readTimestampAuthority(options),
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
    .option("--trust <file>", "JSON list of the signers and timestamp authorities that you trust, kept by you")
    .option("--crl <file...>", "revocation lists (CRL) of the signers' issuers; none is looked up in a network")
    .addHelpText(
      "after",
      `
The list of trusted signers is yours, never the bundle's:
  {"signers": [{"name": "Audit Ltd", "fingerprint": "<SHA-256>", "addedAt": "2026-01-31T00:00:00.000Z", "note": "by phone"}],
   "timestampAuthorities": [{"name": "Clock", "fingerprint": "<SHA-256>", "addedAt": "2026-01-31T00:00:00.000Z"}]}

Exit status: 0 the bundle holds, 1 a check failed or the audit in it could not be done again, 2 wrong usage,
3 it cannot be opened.
A bundle that holds and whose signer is not on the list is reported as "signer unknown" with status 0.`,
    )
    .action(
      run<[string]>(async ({ output }, options, zipPath) => {
        const { verifyFiles } = await import("../../verifier/verify-files.ts");
        const report = await verifyUntilStopped((signal) =>
          verifyFiles({
            zipPath,
            signal,
            ...(options.report === undefined ? {} : { pdfPath: textOption(options, "report") }),
            ...(options.trust === undefined ? {} : { trustPath: textOption(options, "trust") }),
            crlPaths: Array.isArray(options.crl) ? options.crl.map(String) : [],
            onProgress: (progress) => output.progress("work-progress", progress),
          }),
        );
        output.result(report, describeVerification(report));
        return exitStatusOfVerdict(report.verdict);
      }),
    );
}

/** Until somebody presses Ctrl-C, of which the command then says what became. Pressed once more, it ends the program at once. */
async function verifyUntilStopped<T>(verify: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once("SIGINT", stop);
  try {
    return await verify(stopping.signal);
  } finally {
    process.off("SIGINT", stop);
  }
}

export function describeExport(view: ExportView): string[] {
  return [
    `Bundle: ${view.zipPath} (${view.files} files, ${view.bytes} bytes)`,
    `  SHA-256 ${view.zipSha256}`,
    `Report: ${view.pdfPath}`,
    `  SHA-256 ${view.pdfSha256}`,
    `Signed by ${view.signer.subject}, fingerprint ${view.signer.fingerprint}`,
    ...describeTimestamp(view.timestamp),
    ...describeRedactions(view.redactions),
    ...(view.itemsMadeAgain ? [] : [notMadeAgain]),
    ...(view.others ?? []).flatMap(({ zipPath, zipSha256 }) => [`And: ${zipPath}`, `  SHA-256 ${zipSha256}`]),
  ];
}

const notMadeAgain =
  "The sampled items were not made again from the evidence, of which there is very much: verify the bundle before you rely on it";

function describeRedactions(redactions: ExportView["redactions"]): string[] {
  if (redactions === null) return [];
  const { log, isForOutsiders, records, replacements } = redactions;
  const what = isForOutsiders ? "Redacted for outsiders" : "Secrets were found and left out";
  const counts = `${replacements} ${replacements === 1 ? "place" : "places"}, ${records} ${records === 1 ? "record" : "records"} of the evidence`;
  return [`${what}: ${counts}; ${log} in the bundle lists them`];
}

const verdicts: Record<VerificationReport["verdict"], string> = {
  "verified": "VERIFIED: the bundle is whole, signed by a signer you trust, and comes out the same.",
  "verified-signer-unknown":
    "HOLDS, SIGNER UNKNOWN: the bundle is whole and comes out the same, but you have not said that you trust its signer.",
  "not-reperformed":
    "NOT ALL DONE AGAIN: nothing was altered since it was signed, but not all of the audit in it was done again; what was not (n/p below) is the signer's word.",
  "failed": "FAILED: do not rely on this bundle.",
};

/** 0 only where every file and every result was looked at: nothing that was left out may pass for a bundle that holds. */
export function exitStatusOfVerdict(verdict: VerificationReport["verdict"]): 0 | 1 {
  return verdict === "verified" || verdict === "verified-signer-unknown" ? 0 : 1;
}

const marks = { "passed": "ok  ", "failed": "FAIL", "not-possible": "n/p " } as const;

export function describeVerification(report: VerificationReport): string[] {
  const failure = firstFailure(report);
  return [
    verdicts[report.verdict],
    ...(failure === null ? [] : describeDifference(failure)),
    ...report.checks.flatMap((check) => [
      `${marks[check.outcome]} ${check.title}: ${showOnOneLine(check.detail)}`,
      ...(check.outcome === "not-possible" && check.expected !== undefined ? describeDifference(check) : []),
    ]),
    ...report.signatures.flatMap(describeSignature),
  ];
}

/** What came out otherwise, with both values. */
function describeDifference({ subject, expected, found }: Check): string[] {
  return [
    ...(subject === undefined ? [] : [`  in:       ${showOnOneLine(subject)}`]),
    ...(expected === undefined
      ? []
      : [`  expected: ${showOnOneLine(expected)}`, `  found:    ${showOnOneLine(found ?? "nothing")}`]),
  ];
}

function describeSignature({ file, signer, claimedRole, signedAt, timestamp }: SignatureView): string[] {
  if (signer === null) return [`Signature ${file}: does not hold`];
  const role = claimedRole === null ? "" : `, claimed role: ${showOnOneLine(claimedRole)}`;
  const trusted = signer.trustedName === undefined ? ", on no list of yours" : `, trusted as ${signer.trustedName}`;
  const stamped =
    timestamp === null ? "no timestamp" : `timestamp ${timestamp.at} by ${showOnOneLine(timestamp.authority)}`;
  const clock = timestamp === null || timestamp.trusted ? "" : ", an authority on no list of yours";
  return [
    `Signer: ${showOnOneLine(signer.subject)}${role}${trusted}`,
    `  fingerprint ${signer.fingerprint}; compare it with the signer by another way than the bundle`,
    `  signed at ${signedAt}, as claimed by the signer; ${stamped}${clock}`,
  ];
}
