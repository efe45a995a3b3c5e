import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { TickmarkError } from "../../shared/errors.ts";
import { RedactionRules } from "../../shared/model/redaction-rules.ts";

/**
 * Reads the rules of an edition for outsiders, in YAML or JSON.
 *
 * @throws TickmarkError `file-missing` when it cannot be read, `usage` when it cannot be followed
 */
export function readRedactionRules(path: string): RedactionRules {
  const read = RedactionRules.safeParse(parseFile(path));
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const place = issue?.path.join(".") || "the file";
  throw new TickmarkError(
    "usage",
    `The redaction rules in ${path} cannot be followed: ${place}: ${issue?.message ?? "wrong"}.`,
    "See docs/redaction.md for what they can say.",
  );
}

function parseFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new TickmarkError("file-missing", `The redaction rules ${path} cannot be read.`, "Check the path.", {
      cause,
    });
  }
  try {
    // An empty file asks for the defaults: pseudonyms, and no attachments.
    return parse(text) ?? {};
  } catch (cause) {
    const message = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    throw new TickmarkError("usage", `The redaction rules ${path} are not YAML: ${message}`, "Mend the file.", {
      cause,
    });
  }
}
