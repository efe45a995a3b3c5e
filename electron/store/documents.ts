import { TickmarkError } from "../../shared/errors.ts";
import type { Connection } from "./connection.ts";
import { unreadableRow, writeJson } from "./json-column.ts";

export interface DocumentReading {
  /** @returns the JSON as it was saved, for the caller to parse; undefined when there is none */
  document(freezeId: string, name: string): unknown;
  /** A long list of numbers beside a freeze; undefined when there is none. @throws engagement-corrupt */
  numberList(freezeId: string, name: string): Uint32Array | undefined;
}

export interface DocumentWriting {
  /**
   * Keeps a document beside a freeze, once: a reconciliation, a list of exclusions.
   * @param freezeId the freeze that it belongs to, or "" for the engagement as a whole
   * @throws request-invalid when the freeze does not exist or has a document of that name
   */
  saveDocument(freezeId: string, name: string, json: unknown): void;
  /** Keeps a list of numbers of 32 bits in the same way. @throws request-invalid as above */
  saveNumberList(freezeId: string, name: string, numbers: Uint32Array): void;
}

export function readDocuments(database: Connection): DocumentReading {
  const select = database
    .prepare<[string, string], string>("SELECT json FROM document WHERE freeze = ? AND name = ?")
    .pluck();
  const selectNumbers = database
    .prepare<[string, string], Buffer>(
      "SELECT l.numbers FROM number_list l JOIN freeze f ON f.number = l.freeze WHERE f.id = ? AND l.name = ?",
    )
    .pluck();
  return {
    document(freezeId, name) {
      const json = select.get(freezeId, name);
      return json === undefined ? undefined : JSON.parse(json);
    },
    numberList(freezeId, name) {
      const bytes = selectNumbers.get(freezeId, name);
      if (bytes === undefined) return undefined;
      if (bytes.length % 4 !== 0) throw unreadableRow(`the list ${name} of the frozen population "${freezeId}"`);
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      return Uint32Array.from({ length: bytes.length / 4 }, (_, index) => view.getUint32(4 * index, true));
    },
  };
}

export function writeDocuments(database: Connection): DocumentWriting {
  const insert = database.prepare("INSERT INTO document (freeze, name, json) VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
  const frozen = database.prepare<[string], number>("SELECT number FROM freeze WHERE id = ?").pluck();
  const insertNumbers = database.prepare(
    "INSERT INTO number_list (freeze, name, numbers) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
  );
  const requireFreeze = (freezeId: string, name: string) => {
    const number = frozen.get(freezeId);
    if (number !== undefined) return number;
    throw refused(`There is no frozen population "${freezeId}" for the document "${name}".`);
  };
  const requireNew = (name: string, { changes }: { readonly changes: number }) => {
    if (changes === 0) throw refused(`The document "${name}" is kept already and does not change.`);
  };
  return {
    saveDocument(freezeId, name, json) {
      if (freezeId !== "") requireFreeze(freezeId, name);
      requireNew(name, insert.run(freezeId, name, writeJson(json)));
    },
    saveNumberList(freezeId, name, numbers) {
      const bytes = Buffer.alloc(4 * numbers.length);
      for (const [index, number] of numbers.entries()) bytes.writeUInt32LE(number, 4 * index);
      requireNew(name, insertNumbers.run(requireFreeze(freezeId, name), name, bytes));
    },
  };
}

function refused(message: string): TickmarkError {
  return new TickmarkError("request-invalid", message, "Freeze the population again to keep new documents.");
}
