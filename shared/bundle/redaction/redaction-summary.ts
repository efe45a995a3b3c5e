import type { RedactionSummary } from "../../model/report.ts";
import type { RedactionLog } from "./redaction-log.ts";

/** For whoever reads the report or the page. */
export function summariseRedactions({ edition, evidence, statements }: RedactionLog): RedactionSummary {
  const what =
    edition === "redacted"
      ? "Redacted for outsiders: persons and other texts were replaced"
      : "Complete, but for secrets that were found and replaced";
  const where = `${evidence.length} records of the evidence and ${statements.length} kinds of statements are not as they were`;
  return {
    edition,
    records: Object.fromEntries(evidence.map(({ original, derived }) => [original.sha256, derived?.path ?? ""])),
    statements: statements.length,
    sentence: `${what}. ${where}: redactions.json lists them, with the hashes of the originals.`,
  };
}
