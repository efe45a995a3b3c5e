import { TickmarkError } from "../../../shared/errors.ts";
import { type Roster, readRosterText } from "../../../shared/model/roster.ts";
import type { SourceOf } from "../../../shared/model/source.ts";
import { decodeUtf8 } from "../../../shared/model/text.ts";
import { columnsMissing } from "../files/csv-columns.ts";
import { digestFile } from "../files/file-digest.ts";
import { type HandedOverFile, listHandedOverFiles } from "../files/handed-over-files.ts";
import { readWholeFile } from "../files/read-whole.ts";
import { takeFile } from "../files/taken-file.ts";
import type { SourceContext, SourceDriver } from "../source-driver.ts";

/** The entity's own list of people and bots: who is behind which account, and what each may do. */
export const rosterDriver: SourceDriver<"roster"> = {
  kind: "roster",
  async test(source, context) {
    const { roster } = await readRosterFile(source, context);
    const notes = [`${roster.people.length} people and bots.`, ...notesOn(roster)];
    return { identity: "", access: "file handed over", canWrite: null, notes };
  },
  async pull(source, context) {
    const { file, bytes, roster } = await readRosterFile(source, context);
    const rows = roster.people.length + roster.unread.length;
    const { record, request } = takeFile(file, bytes, "roster.csv", context.now(), rows);
    await context.save({ records: [record], requests: context.cursor ? [] : [request], cursor: { version: 1 } });
    const digest = await digestFile(file.path, context.signal);
    return {
      endpoint: file.name,
      query: "the whole file",
      identity: "",
      access: "",
      counts: {
        people: roster.people.length,
        ...(roster.unread.length > 0 ? { "lines not read": roster.unread.length } : {}),
      },
      tieOuts: [{ what: "people", how: "records of the CSV file", expected: rows, received: roster.people.length }],
      // A roster is no evidence about a time: it says who is who.
      coverage: [],
      notes: [`${file.name} as handed over has the SHA-256 ${digest}.`, ...notesOn(roster)],
    };
  },
};

async function readRosterFile(
  source: SourceOf<"roster">,
  context: SourceContext,
): Promise<{ file: HandedOverFile; bytes: Uint8Array; roster: Roster }> {
  const [file, ...more] = await listHandedOverFiles(source.path, context.baseFolder);
  if (!file || more.length > 0) {
    throw new TickmarkError(
      "file-format-unknown",
      `${source.path} is not one file.`,
      "Give the path of the list of people itself.",
    );
  }
  const bytes = await readWholeFile(file, context.signal);
  const text = decodeUtf8(bytes);
  if (text === null) {
    throw new TickmarkError(
      "file-format-unknown",
      `${file.name} is not UTF-8 text.`,
      "Save it as UTF-8 and pull again.",
    );
  }
  const roster = readRosterText(text);
  if (roster.missing.length > 0) throw columnsMissing(file.name, roster.missing, roster.columns);
  if (roster.people.length > 0) return { file, bytes, roster };
  const [first] = roster.unread;
  throw new TickmarkError(
    "record-invalid",
    `No person in ${file.name} could be read${first ? `; line ${first.line}: ${first.reason}` : ": it lists nobody"}.`,
    "Give a name, and an address or a login, on every line.",
  );
}

function notesOn(roster: Roster): string[] {
  const unread = roster.unread.map(({ line, reason }) => `Not read: line ${line}: ${reason}.`);
  const roles = roster.people.flatMap(({ line, unknownRoles }) =>
    unknownRoles.map((role) => `Line ${line}: the role "${role}" is not known and gives no right.`),
  );
  return [...unread, ...roles].slice(0, 100);
}
