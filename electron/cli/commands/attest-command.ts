import type { Command } from "commander";
import type { WrittenAttestation } from "../../../shared/model/attestation-file.ts";
import { type Runner, textOption } from "../command.ts";

export function addAttestCommand(program: Command, { run }: Runner): void {
  program
    .command("attest <file>")
    .description("attest what no system can answer for; adds it to a file that is then pulled like other evidence")
    .requiredOption("--control <id>", "control with a checklist: OPS-01")
    .requiredOption(
      "--occurrence <name>",
      "the week (2026-W06), the quarter (2026-Q1) or the document of the checklist",
    )
    .requiredOption("--by <account>", "who attests: address or login, as the list of people has it")
    .option("--tick <point...>", "points of the checklist that were done; the others are open")
    .option("--document <path...>", "documents that show it (PDF, image, office); copied beside the file")
    .option("--note <text>", "a remark")
    .option("--catalog <file>", "the catalog whose checklist it is, where it is not the default one")
    .addHelpText(
      "after",
      `
It is dated by this machine's clock, and the results say so. Pull the folder as a source of files:
  {id: attestations, kind: files, path: attestations, covers: {from: 2026-01-01, to: 2026-03-31}}
\`covers\` says for which time nothing is missing: only then is a week without an attestation a deviation.`,
    )
    .action(
      run<[string]>(async ({ output }, options, path) => {
        const { writeAttestation } = await import("../../engine/steps/attestation-step.ts");
        const written = await writeAttestation(
          {
            path,
            control: textOption(options, "control"),
            occurrence: textOption(options, "occurrence"),
            by: textOption(options, "by"),
            done: listOption(options, "tick"),
            documents: listOption(options, "document"),
            note: textOption(options, "note"),
            ...(options.catalog === undefined ? {} : { catalogPath: textOption(options, "catalog") }),
          },
          new Date().toISOString(),
        );
        output.result(written, describeAttestation(written, path));
        return undefined;
      }),
    );
}

function listOption(options: Record<string, unknown>, name: string): string[] {
  const value = options[name];
  return Array.isArray(value) ? value.map(String) : [];
}

function describeAttestation({ control, occurrence, by, at, done, open, documents }: WrittenAttestation, path: string) {
  return [
    `${by} attested ${control} for ${occurrence} at ${at}, by this machine's clock, in ${path}.`,
    `  done: ${done.join(", ") || "nothing"}`,
    ...(open.length > 0 ? [`  open: ${open.join(", ")}`] : []),
    ...documents.map(({ name, sha256 }) => `  ${name}, SHA-256 ${sha256}`),
    ...(documents.length === 0 ? ["  Without a document: the default catalog takes this for a deviation."] : []),
  ];
}
