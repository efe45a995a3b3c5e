import { TickmarkError } from "../../shared/errors.ts";
import type { Connection } from "./connection.ts";
import { writeJson } from "./json-column.ts";

export interface DocumentReading {
  /** @returns the JSON as it was saved, for the caller to parse; undefined when there is none */
  document(freezeId: string, name: string): unknown;
}

export interface DocumentWriting {
  /**
   * Keeps a document beside a freeze, once: a reconciliation, a list of exclusions.
   * @param freezeId the freeze that it belongs to, or "" for the engagement as a whole
   * @throws request-invalid when the freeze does not exist or has a document of that name
   */
  saveDocument(freezeId: string, name: string, json: unknown): void;
}

export function readDocuments(database: Connection): DocumentReading {
  const select = database
    .prepare<[string, string], string>("SELECT json FROM document WHERE freeze = ? AND name = ?")
    .pluck();
  return {
    document(freezeId, name) {
      const json = select.get(freezeId, name);
      return json === undefined ? undefined : JSON.parse(json);
    },
  };
}

export function writeDocuments(database: Connection): DocumentWriting {
  const insert = database.prepare("INSERT INTO document (freeze, name, json) VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
  const frozen = database.prepare<[string], number>("SELECT number FROM freeze WHERE id = ?").pluck();
  return {
    saveDocument(freezeId, name, json) {
      if (freezeId !== "" && frozen.get(freezeId) === undefined) {
        throw refused(`There is no frozen population "${freezeId}" for the document "${name}".`);
      }
      if (insert.run(freezeId, name, writeJson(json)).changes === 0) {
        throw refused(`The document "${name}" is kept already and does not change.`);
      }
    },
  };
}

function refused(message: string): TickmarkError {
  return new TickmarkError("request-invalid", message, "Freeze the population again to keep new documents.");
}
