import type { Command } from "commander";
import { TickmarkError } from "../../../shared/errors.ts";
import type { SignerRole } from "../../../shared/model/signer-role.ts";
import type { SealView } from "../../../shared/model/view.ts";
import { type Runner, textOption } from "../command.ts";
import {
  addKeyOptions,
  addRoleOption,
  addTimestampOptions,
  describeTimestamp,
  readKey,
  readTimestampAuthority,
} from "./signing-options.ts";

const reportOption = ["--report <pdf>", "the report beside the bundle; NAME.pdf beside NAME.zip without it"] as const;

/** What is added to a finished bundle: the signature of one more person, and timestamps. */
export function addSealCommands(program: Command, { run }: Runner): void {
  const sign = program
    .command("sign <zip>")
    .description("verify a finished bundle, then sign it and the report beside it as one more person")
    .option("--identity <pkcs12>", "PKCS#12 file with your signing key")
    .option(...reportOption);
  addKeyOptions(sign);
  addRoleOption(sign, "reviewer");
  addTimestampOptions(sign);
  sign.action(
    run<[string]>(async ({ output, engine }, options, zipPath) => {
      const view = await (await engine()).keep("bundle.sign", {
        key: await readKey(options, options.identity === undefined ? undefined : textOption(options, "identity")),
        zipPath,
        ...readReport(options),
        role: options.role as SignerRole,
        ...readTimestampAuthority(options),
      });
      output.result(view, describeSeal(view, String(options.role)));
    }),
  );
  const stamp = program
    .command("timestamp <zip>")
    .description("add timestamps to the signatures of a finished bundle and of the report beside it")
    .option(...reportOption);
  addTimestampOptions(stamp);
  stamp.action(
    run<[string]>(async ({ output, engine }, options, zipPath) => {
      const { timestamp } = readTimestampAuthority(options);
      if (timestamp === undefined)
        throw new TickmarkError("usage", "No timestamp authority was given.", "Give the address of one with --tsa.");
      const view = await (await engine()).keep("bundle.timestamp", { zipPath, ...readReport(options), timestamp });
      output.result(view, describeSeal(view));
    }),
  );
}

function readReport(options: Record<string, unknown>): { pdfPath?: string } {
  return options.report === undefined ? {} : { pdfPath: textOption(options, "report") };
}

function describeSeal(view: SealView, role?: string): string[] {
  const changed =
    view.changed.length === 0 ? "nothing to add: every signature has a timestamp" : view.changed.join(", ");
  const report = view.reportChanged ? "added to as well" : "as it was";
  return [
    `Bundle: ${view.zipPath}: ${changed}`,
    `  SHA-256 ${view.zipSha256}`,
    view.pdfPath === null ? "Report: none beside the bundle" : `Report: ${view.pdfPath}: ${report}`,
    ...(view.signer === null
      ? []
      : [`Signed by ${view.signer.subject} as ${role}, fingerprint ${view.signer.fingerprint}`]),
    ...describeTimestamp(view.timestamp),
  ];
}
