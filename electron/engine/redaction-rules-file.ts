import { readFileSync, statSync } from "node:fs";
import { parse } from "yaml";
import { TickmarkError } from "../../shared/errors.ts";
import { RedactionRules } from "../../shared/model/redaction-rules.ts";
import type { RedactionView } from "../../shared/model/view.ts";

/** What the rules of a file ask for, in short. @throws as `readRedactionRules` */
export function viewRedactionRules(path: string): RedactionView {
  const { persons, attachments, texts, patterns } = readRedactionRules(path);
  const counts = new Map(Object.entries(texts).map(([kind, each]) => [kind, each.length]));
  for (const { kind } of patterns) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return {
    areNamesReplaced: persons === "pseudonyms",
    areAttachmentsWithheld: attachments === "withhold",
    kinds: [...counts].map(([kind, count]) => ({ kind, count })),
  };
}

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

const largestFile = 1_000_000;

function parseFile(path: string): unknown {
  let text: string;
  try {
    const { size } = statSync(path);
    if (size > largestFile) throw new Error(`it has ${size} bytes, and rules at most ${largestFile}`);
    text = readFileSync(path, "utf8");
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new TickmarkError("file-missing", `The redaction rules ${path} cannot be read: ${why}.`, "Check the path.", {
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
