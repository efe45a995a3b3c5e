import type { RedactionSummary } from "../../model/report.ts";
import type { ExportView } from "../../model/view.ts";
import { type RedactionLog, redactionLogPath } from "./redaction-log.ts";

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

/** For whoever exported. */
export function countRedactions({ edition, evidence, statements }: RedactionLog): ExportView["redactions"] {
  const replaced = [...evidence, ...statements].flatMap((each) => each.replaced);
  return {
    log: redactionLogPath,
    isForOutsiders: edition === "redacted",
    records: evidence.length,
    replacements: replaced.reduce((sum, { count }) => sum + count, 0),
  };
}
